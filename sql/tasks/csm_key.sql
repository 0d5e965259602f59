-- Purpose: the key of a CSM. Grain: one row or none. Parameters: $1 e-mail (text).
-- not null: csm_id
select csm_id from hale_data.csm where email = lower($1::text)
