-- Purpose: how far the organisation's clocks are ahead of UTC over some days, and from when on, to the second.
-- Grain: one row per change and one for the start, in order. Parameters: $1 first day, $2 day after the last (date).
-- not null: starts_at, offset_seconds
with recursive
zone as (
    select hale_data.time_zone() as name
),
sample as (
    select
        instant,
        extract(epoch from (instant at time zone zone.name) - (instant at time zone 'UTC'))::integer as offset_seconds
    from zone
    cross join generate_series(
        ($1::date - 1)::timestamp at time zone 'UTC', ($2::date + 1)::timestamp at time zone 'UTC',
        interval '12 hours') as instant
),
neighbour as (
    select
        instant as low,
        lead(instant) over (order by instant) as high,
        offset_seconds,
        lead(offset_seconds) over (order by instant) as next_offset_seconds
    from sample
),
-- Halves the half days in which the offset changes until they are a second long.
narrowed as (
    select low, high, offset_seconds
    from neighbour
    where offset_seconds <> next_offset_seconds
    union all
    select
        case when middle.offset_seconds = narrowed.offset_seconds then middle.instant else narrowed.low end,
        case when middle.offset_seconds = narrowed.offset_seconds then narrowed.high else middle.instant end,
        narrowed.offset_seconds
    from narrowed
    cross join zone
    cross join lateral (
        select
            half.instant,
            extract(epoch from (half.instant at time zone zone.name) - (half.instant at time zone 'UTC'))::integer
                as offset_seconds
        from (
            select date_trunc('second', narrowed.low + (narrowed.high - narrowed.low) / 2) as instant
        ) as half
    ) as middle
    where narrowed.high - narrowed.low > interval '1 second'
)
select first.instant as starts_at, first.offset_seconds
from (select instant, offset_seconds from sample order by instant limit 1) as first
union all
select
    narrowed.high,
    extract(epoch from (narrowed.high at time zone zone.name) - (narrowed.high at time zone 'UTC'))::integer
from narrowed
cross join zone
where narrowed.high - narrowed.low <= interval '1 second'
order by starts_at
