-- Purpose: the instant at which the transaction began, which is when its facts became known.
-- Grain: one row.
-- not null: started_at
select now() as started_at
