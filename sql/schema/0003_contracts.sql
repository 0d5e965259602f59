-- Contracts, every version of their terms, and what was decided at each term end.
-- Why: a day in the past is computed from the terms as they stood then, so terms are only ever added.

create table hale_data.contract (
    account_id bigint not null,
    contract_id bigint generated always as identity,
    external_id text not null,
    primary key (account_id, contract_id),
    unique (account_id, external_id)
);
create index contract_external_id on hale_data.contract (external_id);
comment on table hale_data.contract is
    'distributed: contracts, one row per account and contract id; terms are in contract_version';

create table hale_data.contract_version (
    account_id bigint not null,
    contract_id bigint not null,
    valid_from date not null,
    recorded_at timestamptz not null,
    product text,
    arr_minor bigint not null check (arr_minor >= 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    seats integer check (seats >= 0),
    starts_on date not null,
    ends_on date,
    term_months integer check (term_months between 1 and 1200),
    auto_renew boolean not null default false,
    notice_days integer check (notice_days between 0 and 3660),
    notice_given_on date,
    renewal_signed_on date,
    cancelled_on date,
    outcome text check (outcome in ('renewed', 'lost')),
    decided_on date,
    import_id bigint,
    primary key (account_id, contract_id, valid_from, recorded_at),
    check (ends_on >= starts_on)
);
comment on table hale_data.contract_version is
    'distributed: terms of contracts, append-only, one row per contract and change; the first is valid from -infinity';

create table hale_data.renewal_decision (
    account_id bigint not null,
    contract_id bigint not null,
    renewal_on date not null,
    decided_on date not null,
    outcome text not null check (outcome in ('renewed', 'lost')),
    source text not null check (source in ('outcome', 'cancelled', 'successor', 'extended')),
    primary key (account_id, contract_id, renewal_on)
);
comment on table hale_data.renewal_decision is
    'distributed: what became of each decided term end, one row per contract and term end; derived from contract_version';

-- Calendar months from one date's month to another's.
create function hale_data.months_between(earlier date, later date) returns integer
language sql immutable as
$$
    select ((extract(year from later) - extract(year from earlier)) * 12
        + extract(month from later) - extract(month from earlier))::integer
$$;

-- The first date base + k whole terms (calendar months, k >= 0) that is not before a day.
create function hale_data.roll_forward(base date, term_months integer, not_before date) returns date
language sql immutable as
$$
    select min(candidate)
    from (
        select (base + make_interval(months => term_months * k))::date as candidate
        from generate_series(
            greatest(0, hale_data.months_between(base, not_before) / term_months - 1),
            greatest(0, hale_data.months_between(base, not_before) / term_months) + 1) as k
    ) as terms
    where candidate >= not_before
$$;

-- The next renewal date of a contract on a day; null for an evergreen one.
create function hale_data.renewal_date(
    starts_on date, ends_on date, term_months integer, renews_itself boolean, as_of date) returns date
language sql immutable as
$$
    select case
        when ends_on is null and term_months is null then null
        when ends_on is null then
            hale_data.roll_forward(starts_on, term_months, greatest(as_of, starts_on) + 1)
        when ends_on >= as_of or not renews_itself then ends_on
        else hale_data.roll_forward(
            ends_on,
            coalesce(term_months, greatest(1, hale_data.months_between(starts_on, ends_on))),
            as_of)
    end
$$;
