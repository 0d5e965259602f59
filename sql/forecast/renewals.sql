-- Purpose: the renewals of a day that are due in some days, with how likely they are and what people say of them.
-- Grain: one row per open contract, in order of its renewal date. Parameters: $1 day (date), $2 first, $3 day after the
--   last renewal date (date; null = any).
-- not null: contract_id, account_id, account, renews_on, decision_on, currency, renewal_number
select
    contract_id, account_id, account, segment, csm, reporting_arr_minor, reporting_currency, currency, renews_on,
    decision_on, probability, basis, decided_renewals, base_log_odds, score_log_odds, score, forecast_arr_minor,
    forecast_category, forecast_by, forecast_note, renewal_number
from hale.renewal_on($1::date)
where renews_on is not null
    and ($2::date is null or renews_on >= $2::date)
    and ($3::date is null or renews_on < $3::date)
order by renews_on, contract_id
