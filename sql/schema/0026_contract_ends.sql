-- One end of a term, and decisions that follow from the contracts alone.
-- Why: what became of a renewal also follows from the days that pass (a term that rolls on, one that ends in
--   silence), which no table that an import fills can know. It is derived now
--   (hale_data.renewal_decision_on), and the table goes.
--   Files that name the last day covered had been stored as they came: their terms ended a day early in lists.

drop table hale_data.renewal_decision;

-- Their columns or parameters change; they are made again with the other views.
drop view if exists hale.retention_month;
drop view if exists hale.arr_movement;
drop function if exists hale.retention_month_on(date);
drop function if exists hale.arr_movement_on(date);
drop function if exists hale_data.arr_movement_of(date[], date[]);
drop function if exists hale_data.arr_period(date[], date[]);
drop function if exists hale_data.arr_before(date[]);
drop function if exists hale_data.decided_renewal_on(date);

-- Which day an end of a term names, by its own terms: 'day-after' (the first day not covered) where it lies whole terms
-- after the start, 'last-day' (the last one covered) where the day after it does; null where neither tells.
create function hale_data.term_end_named(starts_on date, ends_on date, term_months integer) returns text
language sql immutable as
$$
    select case
        when day.spans_terms then 'day-after'
        when after.spans_terms then 'last-day'
    end
    from (
        select starts_on < ends_on
            and extract(day from starts_on) = extract(day from ends_on)
            and hale_data.months_between(starts_on, ends_on) % coalesce(term_months, 1) = 0 as spans_terms
    ) as day
    cross join (
        select extract(day from starts_on) = extract(day from ends_on + 1)
            and hale_data.months_between(starts_on, ends_on + 1) > 0
            and hale_data.months_between(starts_on, ends_on + 1) % coalesce(term_months, 1) = 0 as spans_terms
    ) as after
$$;

-- Which day all the ends of a file name, by how many of them tell: one side alone, or four times the other.
create function hale_data.term_ends_named(day_after bigint, last_day bigint) returns text
language sql immutable as
$$
    select case
        when day_after > 0 and day_after >= 4 * last_day then 'day-after'
        when last_day > 0 and last_day >= 4 * day_after then 'last-day'
    end
$$;

-- The imports whose terms name the last day covered. Where nothing tells, ends stay as they are.
with
known as (
    select
        version.account_id, version.contract_id, version.valid_from, version.recorded_at, version.import_id,
        coalesce(
            hale_data.term_end_named(version.starts_on, version.ends_on, version.term_months),
            case
                when bool_or(follower.starts_on = version.ends_on) then 'day-after'
                when bool_or(follower.starts_on = version.ends_on + 1) then 'last-day'
            end) as named
    from hale_data.contract_version as version
    left join hale_data.contract_version as follower
        on follower.account_id = version.account_id and follower.contract_id <> version.contract_id
        and follower.product is not distinct from version.product
        and follower.starts_on between version.ends_on and version.ends_on + 1
    where version.ends_on is not null
    group by
        version.account_id, version.contract_id, version.valid_from, version.recorded_at, version.import_id,
        version.starts_on, version.ends_on, version.term_months
),
file as (
    select known.import_id
    from known
    group by known.import_id
    having hale_data.term_ends_named(
        count(*) filter (where known.named = 'day-after'),
        count(*) filter (where known.named = 'last-day')) = 'last-day'
)
update hale_data.contract_version as version
set ends_on = version.ends_on + 1
from file
where version.import_id is not distinct from file.import_id and version.ends_on is not null;
