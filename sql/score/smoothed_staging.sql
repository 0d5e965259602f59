-- Purpose: days that were smoothed again, before they replace the stored ones.
create temp table if not exists smoothed_again (
    account_id bigint not null,
    day date not null,
    smoothed_score double precision not null,
    smoothed_baseline double precision not null,
    smoothed_clip double precision not null,
    smoothed_points double precision[] not null,
    computed_band text not null,
    band text not null,
    days_in_band double precision not null,
    days_on_other_side double precision not null,
    runs_below integer not null
) on commit drop
