-- Models, the portfolio figures of a day, runs, and one score row per account, day and model.
-- Why: a row carries what explains it (values, reliabilities, references, points) and what the next day needs
-- (smoothed parts, band state, flags), so a day can be recomputed and later days smoothed again.

create table hale_data.model (
    model_hash text primary key,
    name text not null,
    text text not null,
    drivers text[] not null,
    facts text[] not null,
    recorded_at timestamptz not null default now()
);
comment on table hale_data.model is
    'reference: health models by the hash of their text; drivers and facts name the positions of a score row''s arrays';

create table hale_data.portfolio_day (
    day date not null,
    model_hash text not null references hale_data.model,
    accounts integer not null,
    week_index double precision[] not null,
    dispersion double precision not null,
    weekend_weight double precision not null,
    slow_ratio double precision not null,
    fast_ratio double precision not null,
    is_outage boolean not null,
    nps_shares double precision[] not null,
    nps_responses integer not null,
    key_features integer not null,
    usage_first_day date,
    usage_age_days integer,
    ticket_age_days integer,
    invoice_age_days integer,
    score_mean double precision,
    score_deviation double precision,
    scored_accounts integer not null,
    recorded_at timestamptz not null default now(),
    primary key (day, model_hash)
);
comment on table hale_data.portfolio_day is
    'reference: figures of all accounts together that every score of the day used, one row per day and model';

create table hale_data.score_run (
    run_id bigint generated always as identity primary key,
    day date not null,
    model_hash text not null references hale_data.model,
    started_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    accounts integer,
    inserted integer,
    updated integer,
    unchanged integer,
    error text
);
create index score_run_finished on hale_data.score_run (day desc) where finished_at is not null;
comment on table hale_data.score_run is
    'local: one row per run of the scoring stage; a day is published by a finished row';

create table hale_data.health_score (
    account_id bigint not null,
    day date not null,
    model_hash text not null,
    score double precision not null,
    baseline double precision not null,
    clip double precision not null,
    low double precision not null,
    high double precision not null,
    coverage double precision not null,
    rescaling double precision not null,
    x double precision[] not null,
    c double precision[] not null,
    mu double precision[] not null,
    points double precision[] not null,
    smoothed_score double precision not null,
    smoothed_baseline double precision not null,
    smoothed_clip double precision not null,
    smoothed_points double precision[] not null,
    computed_band text not null check (computed_band in ('red', 'amber', 'green', 'unknown')),
    band text not null check (band in ('red', 'amber', 'green', 'unknown')),
    reasons text[] not null,
    days_in_band double precision not null,
    days_on_other_side double precision not null,
    runs_below integer not null,
    cliff_since date,
    decline_since date,
    rise_since date,
    champion_left_since date,
    detractor_since date,
    contract_state text not null,
    urgency double precision not null,
    days_to_decision integer,
    decision_on date,
    arr_minor bigint not null,
    facts double precision[] not null,
    texts text[] not null,
    run_id bigint not null,
    recorded_at timestamptz not null default now(),
    primary key (account_id, day, model_hash)
) partition by range (day);
create index health_score_day on hale_data.health_score (day);
comment on table hale_data.health_score is
    'distributed: one row per account, day and model; arrays follow model.drivers, facts follow model.facts';
