-- Settings, the organisation's calendar and currencies, CSMs, accounts and the people in them.
-- Why: every later fact hangs on an account, and every day and amount on these settings.

create table hale_data.setting (
    name text primary key,
    value text not null
);
comment on table hale_data.setting is 'reference: settings of the organisation, one row per name';
insert into hale_data.setting (name, value) values ('time_zone', 'UTC');

-- The organisation's time zone: a "day" is a date in it.
create function hale_data.time_zone() returns text
language sql stable as
$$ select value from hale_data.setting where name = 'time_zone' $$;

-- The instant at which a day begins in the organisation's time zone.
create function hale_data.day_start(day date) returns timestamptz
language sql stable as
$$ select day::timestamp at time zone hale_data.time_zone() $$;

-- The day of an instant in the organisation's time zone.
create function hale_data.day_of(instant timestamptz) returns date
language sql stable as
$$ select (instant at time zone hale_data.time_zone())::date $$;

-- Decimals of a currency's minor unit (ISO 4217).
create function hale_data.minor_digits(currency text) returns integer
language sql immutable as
$$
    select case
        when currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX',
                          'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 0
        when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
        else 2
    end
$$;

create table hale_data.holiday (
    country text not null,
    day date not null,
    primary key (country, day)
);
comment on table hale_data.holiday is 'reference: public holidays, one row per country and day';

create table hale_data.fx_rate (
    day date not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    rate double precision not null check (rate > 0),
    primary key (day, currency)
);
comment on table hale_data.fx_rate is
    'reference: units of the reporting currency for one unit of a currency, from that day on';

create table hale_data.csm (
    csm_id bigint generated always as identity primary key,
    email text not null unique,
    name text,
    capacity_minutes integer not null default 240 check (capacity_minutes between 0 and 1440),
    time_zone text,
    locale text,
    recorded_at timestamptz not null default now()
);
comment on table hale_data.csm is 'reference: customer success managers, one row per e-mail (lower case)';

create table hale_data.account_key (
    external_id text primary key,
    account_id bigint generated always as identity unique
);
comment on table hale_data.account_key is
    'reference: the outside world''s account id for each internal one; unique here, as a distributed table cannot be';

create table hale_data.account (
    account_id bigint primary key,
    external_id text not null,
    name text not null,
    segment text,
    lifecycle_stage text,
    country text,
    industry text,
    csm_id bigint,
    parent_account_id bigint,
    created_on date,
    recorded_at timestamptz not null default now()
);
create index account_external_id on hale_data.account (external_id);
create index account_csm on hale_data.account (csm_id);
comment on table hale_data.account is 'distributed: accounts, one row per account';

create table hale_data.person (
    account_id bigint not null,
    person_id bigint generated always as identity,
    external_id text not null,
    name text,
    email text,
    role text not null default 'unknown'
        check (role in ('economic_buyer', 'champion', 'admin', 'user', 'unknown')),
    left_on date,
    recorded_at timestamptz not null default now(),
    primary key (account_id, person_id),
    unique (account_id, external_id)
);
comment on table hale_data.person is 'distributed: people of an account, one row per account and person id';
