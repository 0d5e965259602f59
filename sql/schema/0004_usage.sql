-- Usage: the raw events, which are the truth, and the packed months, which are a cache of them.
-- Why: windows over packed months read a hundredth of the rows, and anything packed can be made again from raw.

create table hale_data.feature (
    feature_id bigint generated always as identity primary key,
    name text not null unique,
    is_key boolean not null default false,
    product text
);
comment on table hale_data.feature is 'reference: features of the product, one row per name';

create table hale_data.usage_event (
    account_id bigint not null,
    day date not null,
    occurred_at timestamptz not null,
    person_id bigint,
    feature_id bigint,
    quantity bigint not null check (quantity >= 0),
    recorded_at timestamptz not null,
    import_id bigint,
    line bigint
) partition by range (day);
create index usage_event_account_day on hale_data.usage_event (account_id, day);
comment on table hale_data.usage_event is
    'distributed: usage as it came, append-only, one row per event; day is the local day of occurred_at';

create table hale_data.usage_event_key (
    account_id bigint not null,
    event_id text not null,
    recorded_at timestamptz not null default now(),
    primary key (account_id, event_id)
);
comment on table hale_data.usage_event_key is
    'distributed: event ids already received, one row per account and event id';

create table hale_data.usage_month (
    account_id bigint not null,
    month date not null,
    active_days integer not null,
    events integer[] not null,
    quantity bigint[] not null,
    people integer[] not null,
    named_events integer[] not null,
    primary key (account_id, month)
);
comment on table hale_data.usage_month is
    'distributed: cache of usage_event, one row per account and month; arrays have one entry per day of the month';
comment on column hale_data.usage_month.active_days is 'bit k is set when day k + 1 of the month has an event';

create table hale_data.person_month (
    account_id bigint not null,
    month date not null,
    person_id bigint not null,
    active_days integer not null,
    primary key (account_id, month, person_id)
);
comment on table hale_data.person_month is
    'distributed: cache of usage_event, one row per person and month; bit k is set when day k + 1 has an event';

create table hale_data.feature_month (
    account_id bigint not null,
    month date not null,
    feature_id bigint not null,
    active_days integer not null,
    events bigint not null,
    quantity bigint not null,
    primary key (account_id, month, feature_id)
);
comment on table hale_data.feature_month is
    'distributed: cache of usage_event, one row per account, feature and month; bit k is set when day k + 1 has an event';

-- Days in the month of a date.
create function hale_data.month_length(month date) returns integer
language sql immutable as
$$ select extract(day from date_trunc('month', month) + interval '1 month - 1 day')::integer $$;

-- The bits of a month's active days that lie in [first, last).
create function hale_data.days_mask(month date, first_day date, last_day date) returns integer
language sql immutable as
$$
    select case
        when last_day <= month or first_day >= month + 31 then 0
        else ((1::bigint << least(31, last_day - month)) - (1::bigint << greatest(0, first_day - month)))::integer
    end
$$;

-- The newest day of a month's active days before a day; null when there is none.
create function hale_data.last_active_day(month date, active_days integer, before date) returns date
language sql immutable as
$$
    select case
        when active_days & hale_data.days_mask(month, month, before) = 0 then null
        else month + floor(log(2::numeric, (active_days & hale_data.days_mask(month, month, before))::numeric))::integer
    end
$$;

-- The oldest day of a month's active days before a day; null when there is none.
create function hale_data.first_active_day(month date, active_days integer, before date) returns date
language sql immutable as
$$
    select case
        when days.mask = 0 then null
        else month + floor(log(2::numeric, (days.mask & -days.mask)::numeric))::integer
    end
    from (select active_days & hale_data.days_mask(month, month, before) as mask) as days
$$;

-- Creates the monthly partition of a table that holds a day, if it is not there.
-- Runs as the owner, so that the service needs no right to create tables.
create function hale_data.ensure_month(parent text, day date) returns void
language plpgsql security definer set search_path = hale_data, pg_temp as
$$
declare
    first date := date_trunc('month', day)::date;
    child text := parent || '_' || to_char(day, 'YYYY_MM');
begin
    if parent not in ('usage_event', 'health_score') then
        raise exception 'no monthly partitions for %', parent;
    end if;
    if to_regclass('hale_data.' || child) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('hale partition ' || parent));
    -- Asked of the catalogue itself: what to_regclass remembers of before the wait may be out of date.
    if exists (
        select from pg_catalog.pg_class as class
        where class.relname = child and class.relnamespace = 'hale_data'::regnamespace
    ) then
        return;
    end if;
    execute format('create table hale_data.%I (like hale_data.%I including all)', child, parent);
    execute format(
        'alter table hale_data.%I attach partition hale_data.%I for values from (%L) to (%L)',
        parent, child, first, (first + interval '1 month')::date);
end
$$;

-- Joins the arrays of a group in the aggregate's order: months of days become one series.
create aggregate hale_data.array_concat(anycompatiblearray) (
    sfunc = array_cat, stype = anycompatiblearray, initcond = '{}'
);

-- The key features on a day: the flagged ones; when none is flagged, those that at least 30 % of the accounts
-- active in the 90 days before have used in them.
create function hale_data.key_feature_on(as_of date) returns table (feature_id bigint)
language sql stable as
$$
    with
    flagged as (select feature.feature_id from hale_data.feature as feature where feature.is_key),
    used as (
        select distinct month.account_id, month.feature_id
        from hale_data.feature_month as month
        where not exists (select from flagged)
            and month.month >= date_trunc('month', as_of - 90)::date
            and month.month < as_of
            and month.active_days & hale_data.days_mask(month.month, as_of - 90, as_of) <> 0
    )
    select flagged.feature_id from flagged
    union all
    select used.feature_id
    from used
    group by used.feature_id
    having count(*) >= 0.3 * (select count(distinct account_id) from used)
$$;
