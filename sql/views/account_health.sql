-- Purpose: every account on a day with its facts and, where the day was scored, its score.
-- Grain: one row per account.
create or replace function hale.account_health_on(as_of date)
returns table (
    account_id text, name text, segment text, csm text, arr numeric, currency text, seats bigint,
    live_contracts integer, renews_on date, days_to_renewal integer, contract_state text, events_28d bigint,
    quantity_28d bigint, prior_events_28d bigint, active_days_28d integer, active_people_28d integer,
    last_active_on date, nps double precision, nps_estimate double precision,
    nps_estimate_low_90 double precision, nps_estimate_high_90 double precision, nps_responses integer,
    open_tickets integer,
    score double precision, smoothed_score double precision, band text, computed_band text, reasons text[],
    coverage double precision, score_change_7d double precision, arr_minor bigint, account_key bigint,
    override_band text, override_from date, override_until date, override_reason text, override_by text,
    stale_since date, arr_note text, covered_csm text, covered_until date)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select
        fact.account_id, fact.name, fact.segment, fact.csm,
        hale_data.major(fact.arr_minor, fact.currency), fact.currency, fact.seats,
        fact.live_contracts, fact.renews_on, fact.days_to_renewal, fact.contract_state, fact.events_28d,
        fact.quantity_28d, fact.prior_events_28d, fact.active_days_28d, fact.active_people_28d,
        fact.last_active_on, fact.nps, fact.nps_estimate, fact.nps_estimate_low_90, fact.nps_estimate_high_90,
        fact.nps_responses, fact.open_tickets,
        health.score, health.smoothed_score,
        hale_data.band_under_override(health.band, health.reasons, override.band), health.computed_band,
        case
            when override.band is null or health.band = 'unknown' or 'notice_given' = any (health.reasons)
                then health.reasons
            else health.reasons || array['override']
        end,
        health.coverage, health.smoothed_score - earlier.smoothed_score, fact.arr_minor, fact.account_key,
        override.band, override.starts_on, override.until_on, override.reason, override.set_by,
        portfolio.stale_since, fact.arr_note, fact.covered_csm, fact.covered_until
    from hale_data.account_facts_on(as_of) as fact
    left join hale_data.health_score as health
        on health.account_id = fact.account_key and health.day = as_of
        and exists (
            select from hale_data.score_run as run
            where run.run_id = health.run_id and run.finished_at is not null)
        and health.model_hash not in (select model.model_hash from hale_data.model as model where model.is_beside)
    left join hale_data.health_score as earlier
        on earlier.account_id = fact.account_key and earlier.day = as_of - 7
        and earlier.model_hash = health.model_hash
    left join hale_data.portfolio_day as portfolio
        on portfolio.day = health.day and portfolio.model_hash = health.model_hash
    left join hale_data.override_on(as_of) as override on override.account_id = fact.account_key
    where hale_data.may_see(fact.csm)
$$;
create or replace view hale.account_health with (security_barrier) as
select
    account_id, name, segment, csm, arr, currency, seats, live_contracts, renews_on, days_to_renewal, contract_state,
    events_28d, quantity_28d, prior_events_28d, active_days_28d, active_people_28d, last_active_on, nps, nps_estimate,
    nps_estimate_low_90, nps_estimate_high_90,
    nps_responses, open_tickets, score, smoothed_score, band, computed_band, reasons, coverage, score_change_7d,
    arr_minor, account_key, override_band, override_from, override_until, override_reason, override_by,
    stale_since, arr_note, covered_csm, covered_until
from hale.account_health_on(hale.newest_day());
comment on view hale.account_health is 'every account on the newest scored day, one row per account';
comment on column hale.account_health.account_id is 'the account''s id as imported';
comment on column hale.account_health.name is 'the account''s name';
comment on column hale.account_health.segment is 'the account''s segment';
comment on column hale.account_health.csm is
    'e-mail of the responsible CSM: on days on which somebody covers for the account''s own, of who covers';
comment on column hale.account_health.covered_csm is
    'e-mail of the account''s own CSM while csm covers for them; null where nobody does';
comment on column hale.account_health.covered_until is 'the last day of that cover';
comment on column hale.account_health.arr is
    'annual recurring revenue of the live contracts, major units of the reporting currency; null as arr_note says';
comment on column hale.account_health.arr_note is
    'why arr is null: the currencies that have no exchange rate on the day; null where arr is known';
comment on column hale.account_health.currency is 'the reporting currency (ISO 4217)';
comment on column hale.account_health.seats is 'seats bought in the live contracts; null when none says';
comment on column hale.account_health.live_contracts is 'number of live contracts';
comment on column hale.account_health.renews_on is 'the earliest next renewal date among the live contracts';
comment on column hale.account_health.days_to_renewal is 'days from the day to renews_on';
comment on column hale.account_health.contract_state is 'state of the open contract that stands worst';
comment on column hale.account_health.events_28d is 'usage rows in the 28 whole days before the day';
comment on column hale.account_health.quantity_28d is 'sum of the quantities of those rows';
comment on column hale.account_health.prior_events_28d is 'usage rows in the 28 days before those';
comment on column hale.account_health.active_days_28d is 'days with usage among the 28 days before the day';
comment on column hale.account_health.active_people_28d is 'people with usage in the 28 days before the day';
comment on column hale.account_health.last_active_on is 'the last day with usage before the day';
comment on column hale.account_health.nps is
    'net promoter score, -100 to 100: promoters minus detractors among the newest responses of all respondents';
comment on column hale.account_health.nps_estimate is
    'expected NPS, -100 to 100: newer and weightier responses count for more, and three average ones are added';
comment on column hale.account_health.nps_estimate_low_90 is 'lower end of the 90 % interval of nps_estimate';
comment on column hale.account_health.nps_estimate_high_90 is 'upper end of the 90 % interval of nps_estimate';
comment on column hale.account_health.nps_responses is
    'respondents whose newest response counts, for 730 days unless the model says less';
comment on column hale.account_health.open_tickets is 'tickets open at the start of the day';
comment on column hale.account_health.score is 'health score of the day, 0 to 100; null where the day was not scored';
comment on column hale.account_health.smoothed_score is 'the score smoothed over days, which the band follows';
comment on column hale.account_health.band is
    'red, amber, green or unknown, after caps and as people set it';
comment on column hale.account_health.computed_band is 'the band before caps and overrides';
comment on column hale.account_health.reasons is
    'why band differs from computed_band: names of caps, and override where people set it';
comment on column hale.account_health.coverage is 'share of the weight that has data, 0 to 1';
comment on column hale.account_health.score_change_7d is 'change of the smoothed score in seven days';
comment on column hale.account_health.arr_minor is 'arr in minor units';
comment on column hale.account_health.account_key is 'internal id of the account';
comment on column hale.account_health.override_band is 'the band that somebody set by hand for the day; null for none';
comment on column hale.account_health.override_from is 'the first day on which it holds';
comment on column hale.account_health.override_until is 'the last day on which it holds';
comment on column hale.account_health.override_reason is 'why it was set';
comment on column hale.account_health.override_by is 'who set it';
comment on column hale.account_health.stale_since is
    'the day since which a feed of the score did not count in full; null where all were fresh';
