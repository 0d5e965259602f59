-- Purpose: which features that an import created are named by usage, so that it cannot be undone.
-- Grain: one row per feature. Parameters: $1 receipt (bigint), $2 how many (bigint).
-- not null: reason
select 'usage names feature "' || feature.name || '"' as reason
from hale_data.feature as feature
where feature.import_id = $1::bigint
    and exists (select from hale_data.feature_month as fact where fact.feature_id = feature.feature_id)
order by reason
limit $2::bigint
