-- Purpose: the stored figures of all accounts together.
-- Grain: one row or none. Parameters: $1 day (date), $2 model (text).
-- not null: accounts, week_index, dispersion, weekend_weight, slow_ratio, fast_ratio, is_outage, nps_shares,
-- not null: nps_responses, key_features, key_feature_ids, level_bases, level_ages, level_segments,
-- not null: level_accounts, level_medians, level_deviations
select
    accounts, week_index, dispersion, weekend_weight, slow_ratio, fast_ratio, is_outage, nps_shares, nps_responses,
    key_features, key_feature_ids, usage_first_day, usage_age_days, ticket_age_days, invoice_age_days,
    level_bases, level_ages, level_segments, level_accounts, level_medians, level_deviations
from hale_data.portfolio_day
where day = $1::date and model_hash = $2::text
