-- Purpose: takes back the features that an import created and that no usage names.
-- Grain: one row per feature taken back. Parameters: $1 receipt (bigint).
delete from hale_data.feature as feature
where feature.import_id = $1::bigint
    and not exists (select from hale_data.feature_month as fact where fact.feature_id = feature.feature_id)
