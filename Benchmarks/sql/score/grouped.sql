-- Purpose: the window features of every account from one row per person and day, as PostgreSQL does it best.
-- People and days are distinct: people by grouping twice, days as bits, which is much faster than count(distinct).
-- Grain: one row per account. Variables: as_of.
drop table if exists bench.window_feature;
create table bench.window_feature as
with
by_person as (
    select
        account_id,
        person_id,
        count(*) filter (where day >= date :'as_of' - 28) as recent_days,
        count(*) filter (where day >= date :'as_of' - 56 and day < date :'as_of' - 28) as prior_days,
        sum(events) filter (where day >= date :'as_of' - 28) as recent_events,
        sum(events) filter (where day >= date :'as_of' - 56 and day < date :'as_of' - 28) as prior_events,
        sum(quantity) filter (where day >= date :'as_of' - 28) as recent_quantity,
        sum(quantity) filter (where day >= date :'as_of' - 56 and day < date :'as_of' - 28) as prior_quantity,
        count(*) filter (
            where day >= date :'as_of' - 84 and day < date :'as_of' - 77) as week_1,
        count(*) filter (
            where day >= date :'as_of' - 77 and day < date :'as_of' - 70) as week_2,
        count(*) filter (
            where day >= date :'as_of' - 70 and day < date :'as_of' - 63) as week_3,
        count(*) filter (
            where day >= date :'as_of' - 63 and day < date :'as_of' - 56) as week_4,
        count(*) filter (
            where day >= date :'as_of' - 56 and day < date :'as_of' - 49) as week_5,
        count(*) filter (
            where day >= date :'as_of' - 49 and day < date :'as_of' - 42) as week_6,
        count(*) filter (
            where day >= date :'as_of' - 42 and day < date :'as_of' - 35) as week_7,
        count(*) filter (
            where day >= date :'as_of' - 35 and day < date :'as_of' - 28) as week_8,
        max(day) as last_active_on,
        bit_or(case when day >= date :'as_of' - 28 then 1::bigint << date :'as_of' - day else 0 end) as days
    from bench.person_day
    where day >= date :'as_of' - 84 and day < date :'as_of'
    group by account_id, person_id
),
business as (
    select bit_or(1::bigint << number) as days
    from generate_series(1, 28) as number
    where extract(isodow from date :'as_of' - number) < 6
)
select
    account_id,
    sum(recent_days) as recent_days,
    sum(prior_days) as prior_days,
    sum(recent_events) as recent_events,
    sum(prior_events) as prior_events,
    sum(recent_quantity) as recent_quantity,
    sum(prior_quantity) as prior_quantity,
    sum(week_1) as week_1, sum(week_2) as week_2, sum(week_3) as week_3, sum(week_4) as week_4,
    sum(week_5) as week_5, sum(week_6) as week_6, sum(week_7) as week_7, sum(week_8) as week_8,
    count(*) filter (where recent_days > 0) as active_people,
    max(last_active_on) as last_active_on,
    bit_count((bit_or(by_person.days) & min(business.days))::bit(64)) as active_business_days
from by_person
cross join business
group by account_id;
