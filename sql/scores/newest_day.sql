-- Purpose: the newest finished scored day.
-- Grain: one row.
select max(day) as day
from hale_data.score_run
where finished_at is not null
