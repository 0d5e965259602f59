-- Purpose: the stored scores of every account in the year up to a day, with the run that wrote each last.
-- Grain: one row per account and scored day.
create or replace function hale.account_health_history_on(as_of date)
returns table (
    account_id text, day date, score double precision, smoothed_score double precision, band text,
    computed_band text, reasons text[], override_band text, coverage double precision, baseline double precision,
    clip double precision, low double precision, high double precision, model text, stale_since date,
    scored_at timestamptz, run_id bigint, run_reason text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select
        account.external_id, health.day, health.score, health.smoothed_score,
        hale_data.band_under_override(health.band, health.reasons, override.band), health.computed_band,
        health.reasons, override.band, health.coverage, health.baseline, health.clip, health.low, health.high,
        model.name, portfolio.stale_since, health.recorded_at, health.run_id, run.reason
    from hale_data.health_score as health
    join hale_data.score_run as run on run.run_id = health.run_id and run.finished_at is not null
    join hale_data.model as model on model.model_hash = health.model_hash and not model.is_beside
    join hale_data.account as account on account.account_id = health.account_id
    left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
    left join hale_data.portfolio_day as portfolio
        on portfolio.day = health.day and portfolio.model_hash = health.model_hash
    left join lateral (
        select known.band
        from hale_data.band_override as known
        where known.account_id = health.account_id
            and known.starts_on <= health.day and known.until_on >= health.day
            and (known.ended_on is null or known.ended_on > health.day)
        order by known.override_id desc
        limit 1
    ) as override on true
    where health.day > as_of - 365 and health.day <= as_of
        and hale_data.may_see(csm.email)
$$;
create or replace view hale.account_health_history with (security_barrier) as
select
    account_id, day, score, smoothed_score, band, computed_band, reasons, override_band, coverage, baseline, clip,
    low, high, model, stale_since, scored_at, run_id, run_reason
from hale.account_health_history_on(hale.newest_day());
comment on view hale.account_health_history is
    'the stored scores of every account in the 365 days up to the newest scored one, one row per account and day';
comment on column hale.account_health_history.account_id is 'the account''s id as imported';
comment on column hale.account_health_history.day is 'the scored day';
comment on column hale.account_health_history.score is 'health score of the day, 0 to 100';
comment on column hale.account_health_history.smoothed_score is 'the score smoothed over days, which the band follows';
comment on column hale.account_health_history.band is
    'red, amber, green or unknown, after caps and as people set it for that day';
comment on column hale.account_health_history.computed_band is 'the band before caps and overrides';
comment on column hale.account_health_history.reasons is 'the caps in force';
comment on column hale.account_health_history.override_band is
    'the band that somebody set by hand for that day; null for none';
comment on column hale.account_health_history.coverage is 'share of the weight that had data, 0 to 1';
comment on column hale.account_health_history.baseline is 'where the score starts: baseline + points + clip = score';
comment on column hale.account_health_history.clip is 'what staying within 0 to 100 took or gave';
comment on column hale.account_health_history.low is 'the score if everything unknown were as bad as can be';
comment on column hale.account_health_history.high is 'the score if everything unknown were as good as can be';
comment on column hale.account_health_history.model is 'name of the model that made the score';
comment on column hale.account_health_history.stale_since is
    'the day since which a feed of the score did not count in full; null where all were fresh';
comment on column hale.account_health_history.scored_at is 'when the row was written last';
comment on column hale.account_health_history.run_id is 'the run that wrote it, as in hale.score_run';
comment on column hale.account_health_history.run_reason is 'why that run wrote it';
