-- How likely contracts are renewed, what their renewals rest on, and what was forecast of them.
-- Why: a probability must be the same in SQL, on the command line and in a task, so the fitted formula is kept as a row
--   per day on which it changed, and PostgreSQL applies it. What a fit learns from is kept too: what the score said of
--   each decided renewal some time before, from what was known then. A forecast is only worth something if it is kept
--   and compared with what came of it, beside what people said.

create table hale_data.calibration (
    day date primary key,
    rung integer not null check (rung between 0 and 3),
    decided_renewals integer not null,
    lost integer not null,
    segments text[] not null,
    segment_log_odds double precision[] not null,
    other_log_odds double precision not null,
    intercept double precision not null,
    slope double precision not null,
    dimensions text[] not null,
    dimension_slopes double precision[] not null,
    fitted_renewals integer not null,
    refusals text[] not null,
    minimum_scored integer not null,
    minimum_deviation double precision not null,
    assumed_mean double precision not null,
    assumed_deviation double precision not null,
    notice_probability double precision not null,
    locked_in_probability double precision not null,
    recorded_at timestamptz not null default now(),
    check (cardinality(segments) = cardinality(segment_log_odds)),
    check (cardinality(dimensions) = cardinality(dimension_slopes))
);
comment on table hale_data.calibration is
    'reference: what turns scores into renewal probabilities from a day on, one row per day on which it changed';
comment on column hale_data.calibration.decided_renewals is 'renewals decided before the day';
comment on column hale_data.calibration.segment_log_odds is
    'log odds of a renewal at the mean score in each of segments; a null segment holds the accounts without one';
comment on column hale_data.calibration.other_log_odds is 'log odds in segments without decided renewals';
comment on column hale_data.calibration.intercept is 'rungs 2 and 3: log odds at the mean score';
comment on column hale_data.calibration.slope is 'rungs 0 to 2: log odds per standard deviation of the score';
comment on column hale_data.calibration.dimension_slopes is
    'rung 3: log odds per standard deviation of the score that a dimension''s points lie above their mean';
comment on column hale_data.calibration.fitted_renewals is 'rungs 2 and 3: decided renewals that it was fitted to';
comment on column hale_data.calibration.refusals is 'why higher rungs were not taken';

create table hale_data.renewal_evidence (
    account_id bigint not null,
    contract_id bigint not null,
    renewal_on date not null,
    lead_days integer not null check (lead_days between 1 and 3660),
    snapshot_on date not null,
    segment text,
    score double precision,
    score_mean double precision,
    score_deviation double precision,
    scored_accounts integer not null,
    dimensions text[] not null,
    points double precision[] not null,
    mean_points double precision[] not null,
    band text not null check (band in ('red', 'amber', 'green', 'unknown')),
    tenure_days integer not null,
    is_open boolean not null,
    notice_given boolean not null,
    models text not null,
    recorded_at timestamptz not null default now(),
    primary key (account_id, contract_id, renewal_on, lead_days),
    check (cardinality(dimensions) = cardinality(points) and cardinality(dimensions) = cardinality(mean_points))
);
comment on table hale_data.renewal_evidence is
    'distributed: what was known of a decided renewal some days before, one row per renewal and lead; a cache';
comment on column hale_data.renewal_evidence.lead_days is
    'days before the renewal was decided or due, whichever came first';
comment on column hale_data.renewal_evidence.score is
    'the account''s score on snapshot_on; null where too little was known';
comment on column hale_data.renewal_evidence.points is
    'points of each of dimensions; mean_points is their mean over all accounts';
comment on column hale_data.renewal_evidence.is_open is 'whether the contract was running on snapshot_on';
comment on column hale_data.renewal_evidence.models is 'hashes of the models that scored the day, joined by commas';

create table hale_data.forecast_entry (
    account_id bigint not null,
    entry_id bigint generated always as identity,
    contract_id bigint not null,
    renewal_on date not null,
    amount_minor bigint check (amount_minor >= 0),
    currency text check (currency ~ '^[A-Z]{3}$'),
    category text check (category in ('closed', 'commit', 'most_likely', 'best_case', 'at_risk')),
    note text,
    entered_by text not null,
    said_on date not null,
    entered_at timestamptz not null default now(),
    primary key (account_id, entry_id),
    check (amount_minor is not null or category is not null),
    check ((amount_minor is null) = (currency is null))
);
comment on table hale_data.forecast_entry is
    'distributed: what people say of a renewal, one row each time; the newest one counts';
comment on column hale_data.forecast_entry.said_on is
    'the newest scored day when it was said: the first day that knows it';

create table hale_data.forecast_snapshot (
    day date not null,
    period text not null,
    first_on date not null,
    before_on date not null,
    currency text,
    contracts integer not null,
    arr_minor bigint not null,
    closed_minor bigint not null,
    expected_minor bigint not null,
    p10_minor bigint not null,
    p50_minor bigint not null,
    p90_minor bigint not null,
    human_minor bigint,
    human_contracts integer not null,
    recorded_at timestamptz not null default now(),
    primary key (day, period)
);
comment on table hale_data.forecast_snapshot is
    'reference: the forecast of a day, one row per month, and per quarter while it is frozen; a cache';

create table hale_data.frozen_forecast (
    day date not null,
    period text not null,
    first_on date not null,
    before_on date not null,
    currency text,
    contracts integer not null,
    expected_minor bigint not null,
    p10_minor bigint not null,
    p90_minor bigint not null,
    frozen_at timestamptz not null default now(),
    primary key (day, period)
);
comment on table hale_data.frozen_forecast is
    'reference: forecasts that are compared with what came of them, append-only, one row per day, month and quarter';

create table hale_data.frozen_renewal (
    account_id bigint not null,
    day date not null,
    contract_id bigint not null,
    renewal_on date not null,
    arr_minor bigint not null,
    probability double precision,
    basis text,
    rung integer,
    decided_renewals integer,
    human_minor bigint,
    human_category text,
    primary key (account_id, day, contract_id)
);
comment on table hale_data.frozen_renewal is
    'distributed: the renewals behind a frozen forecast, one row per day and contract; money in the reporting currency';

-- Their columns change; they are made again with the other views.
drop view if exists hale.renewal;
drop function if exists hale.renewal_on(date);
