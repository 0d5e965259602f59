-- Purpose: the floor under a full score, first half: the rows a day is scored from, sent as they are, one table after
--   the other, to nowhere. No window is computed, nothing is joined.
-- Variables: as_of.
copy (
    select account_id, month, active_days, names_all, person_days
    from hale_data.usage_month
    where month >= date_trunc('month', date :'as_of' - 182) and month < date :'as_of'
    order by account_id, month
) to stdout (format binary) \g /dev/null
copy (
    select account_id, external_id, segment, country, created_on from hale_data.account order by account_id
) to stdout (format binary) \g /dev/null
copy (
    select account_id, feature_id, active_days
    from hale_data.feature_month
    where month >= date_trunc('month', date :'as_of' - 28) and month < date :'as_of' and feature_id <= 5
    order by account_id, feature_id
) to stdout (format binary) \g /dev/null
copy (
    select
        account_id, contract_id, starts_on, ends_on, term_months, auto_renew, notice_days, notice_given_on, arr_minor,
        currency, seats
    from hale_data.contract_version
    order by account_id, contract_id
) to stdout (format binary) \g /dev/null
copy (
    select account_id, person_id, score, responded_at from hale_data.nps_response order by account_id
) to stdout (format binary) \g /dev/null
copy (
    select account_id, priority, opened_at, closed_at from hale_data.ticket order by account_id
) to stdout (format binary) \g /dev/null
copy (
    select account_id, due_on, paid_on from hale_data.invoice order by account_id
) to stdout (format binary) \g /dev/null
copy (
    select account_id, person_id, occurred_at, kind from hale_data.touchpoint order by account_id
) to stdout (format binary) \g /dev/null
copy (
    select account_id, smoothed_score, smoothed_baseline, smoothed_clip, smoothed_points, computed_band, days_in_band
    from hale_data.health_score
    where day = date :'as_of' - 1
    order by account_id
) to stdout (format binary) \g /dev/null
