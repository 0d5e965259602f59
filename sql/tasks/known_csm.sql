-- Purpose: whether a CSM is known. Grain: one row. Parameters: $1 e-mail (text).
-- not null: is_known
select exists (select from hale_data.csm where email = lower($1::text)) as is_known
