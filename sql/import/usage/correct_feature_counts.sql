-- Purpose: puts the ids to use into the counts of features.
-- Grain: one row per account, month and feature.
update feature_count
set feature_id = twice_created.used_id
from twice_created
where twice_created.what = 'feature' and twice_created.given_id = feature_count.feature_id
