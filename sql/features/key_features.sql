-- Purpose: the key features on a day. Grain: one row per feature. Parameters: $1 as of (date).
-- not null: feature_id
select key.feature_id
from hale_data.key_feature_on($1::date) as key
order by key.feature_id
