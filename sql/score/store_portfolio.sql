-- Purpose: stores the portfolio figures of a day; equal ones are not touched.
-- Parameters: $1 day (date), $2 model (text), $3 accounts, $4 week index (float8[]), $5 dispersion, $6 weekend
--   weight, $7 slow ratio, $8 fast ratio (float8), $9 outage (boolean), $10 NPS shares (float8[]), $11 NPS responses,
--   $12 key features, $13 first day of usage (date), $14 age of usage, $15 of tickets, $16 of invoices (days), $17
--   mean, $18 deviation of the scores (float8), $19 scored accounts, $20 ids of the key features (bigint[]), $21 since
--   when a feed is stale (date), $22 the stale feeds (text[]), $23 bases, $24 age classes, $25 segments (text[]), $26
--   accounts (integer[]), $27 medians, $28 deviations (float8[]) of the groups whose levels of use are compared; an
--   empty text means all.
-- The decided renewals by segment are kept with them, so that a CSM's list does not have to count them.
with
decided as (
    select
        account.segment,
        (count(*) filter (where decision.outcome = 'renewed'))::integer as renewed,
        count(*)::integer as renewals
    from hale_data.renewal_decision_on($1::date - 1) as decision
    join hale_data.account as account on account.account_id = decision.account_id
    group by account.segment
),
history as (
    select
        coalesce(array_agg(segment order by segment nulls first), '{}') as segments,
        coalesce(array_agg(renewed order by segment nulls first), '{}') as renewed,
        coalesce(array_agg(renewals order by segment nulls first), '{}') as renewals
    from decided
)
insert into hale_data.portfolio_day as old (
    day, model_hash, accounts, week_index, dispersion, weekend_weight, slow_ratio, fast_ratio, is_outage, nps_shares,
    nps_responses, key_features, usage_first_day, usage_age_days, ticket_age_days, invoice_age_days, score_mean,
    score_deviation, scored_accounts, key_feature_ids,
    decided_segments, decided_renewed, decided_renewals, stale_since, stale_feeds,
    level_bases, level_ages, level_segments, level_accounts, level_medians, level_deviations)
select
    $1::date, $2::text, $3::integer, $4::float8[], $5::float8, $6::float8, $7::float8, $8::float8, $9::boolean,
    $10::float8[], $11::integer, $12::integer, $13::date, $14::integer, $15::integer, $16::integer, $17::float8,
    $18::float8, $19::integer, $20::bigint[], history.segments, history.renewed, history.renewals,
    $21::date, $22::text[], $23::text[], $24::text[], $25::text[], $26::integer[], $27::float8[], $28::float8[]
from history
on conflict (day, model_hash) do update
set accounts = excluded.accounts, week_index = excluded.week_index, dispersion = excluded.dispersion,
    weekend_weight = excluded.weekend_weight, slow_ratio = excluded.slow_ratio, fast_ratio = excluded.fast_ratio,
    is_outage = excluded.is_outage, nps_shares = excluded.nps_shares, nps_responses = excluded.nps_responses,
    key_features = excluded.key_features, usage_first_day = excluded.usage_first_day,
    usage_age_days = excluded.usage_age_days, ticket_age_days = excluded.ticket_age_days,
    invoice_age_days = excluded.invoice_age_days, score_mean = excluded.score_mean,
    score_deviation = excluded.score_deviation, scored_accounts = excluded.scored_accounts,
    key_feature_ids = excluded.key_feature_ids, decided_segments = excluded.decided_segments,
    decided_renewed = excluded.decided_renewed, decided_renewals = excluded.decided_renewals,
    stale_since = excluded.stale_since, stale_feeds = excluded.stale_feeds, level_bases = excluded.level_bases,
    level_ages = excluded.level_ages, level_segments = excluded.level_segments,
    level_accounts = excluded.level_accounts, level_medians = excluded.level_medians,
    level_deviations = excluded.level_deviations, recorded_at = excluded.recorded_at
where (
    old.accounts, old.week_index, old.dispersion, old.weekend_weight, old.slow_ratio, old.fast_ratio, old.is_outage,
    old.nps_shares, old.nps_responses, old.key_features, old.usage_first_day, old.usage_age_days,
    old.ticket_age_days, old.invoice_age_days, old.score_mean, old.score_deviation, old.scored_accounts,
    old.key_feature_ids, old.decided_segments, old.decided_renewed, old.decided_renewals,
    old.stale_since, old.stale_feeds, old.level_bases, old.level_ages, old.level_segments, old.level_accounts,
    old.level_medians, old.level_deviations
) is distinct from (
    excluded.accounts, excluded.week_index, excluded.dispersion, excluded.weekend_weight, excluded.slow_ratio,
    excluded.fast_ratio, excluded.is_outage, excluded.nps_shares, excluded.nps_responses, excluded.key_features,
    excluded.usage_first_day, excluded.usage_age_days, excluded.ticket_age_days, excluded.invoice_age_days,
    excluded.score_mean, excluded.score_deviation, excluded.scored_accounts, excluded.key_feature_ids,
    excluded.decided_segments, excluded.decided_renewed, excluded.decided_renewals,
    excluded.stale_since, excluded.stale_feeds, excluded.level_bases, excluded.level_ages, excluded.level_segments,
    excluded.level_accounts, excluded.level_medians, excluded.level_deviations
)
