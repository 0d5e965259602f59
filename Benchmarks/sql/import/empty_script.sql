-- Purpose: empty tables of the same form as Hale's for the script.
drop table if exists bench.usage_event, bench.usage_month, bench.person_month, bench.feature_month,
    bench.person, bench.feature;
create table bench.usage_event (like hale_data.usage_event including all);
create table bench.usage_month (like hale_data.usage_month including all);
create table bench.person_month (like hale_data.person_month including all);
create table bench.feature_month (like hale_data.feature_month including all);
create table bench.person (like hale_data.person including all);
create table bench.feature (like hale_data.feature including all);
