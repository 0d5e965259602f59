-- Purpose: what was known of decided renewals, before it is kept.
create temp table staged_evidence (
    account_id bigint not null,
    contract_id bigint not null,
    renewal_on date not null,
    lead_days integer not null,
    snapshot_on date not null,
    segment text,
    score double precision,
    score_mean double precision,
    score_deviation double precision,
    scored_accounts integer not null,
    dimensions text[] not null,
    points double precision[] not null,
    mean_points double precision[] not null,
    band text not null,
    tenure_days integer not null,
    is_open boolean not null,
    notice_given boolean not null,
    models text not null
) on commit drop
