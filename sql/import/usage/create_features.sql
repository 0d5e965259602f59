-- Purpose: creates the features first seen.
-- Grain: one row per feature created.
insert into hale_data.feature (feature_id, name)
overriding system value
select feature_id, name
from new_feature
order by name
on conflict (name) do nothing
