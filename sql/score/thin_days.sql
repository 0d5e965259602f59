-- Purpose: forgets stored days that need not be kept: of days older than $2 the last of each week stays, of days older
--   than $3 none. A day goes with its figures and its runs, so that it is as if it had never been scored. A day after
--   the newest makes none of them old.
-- Grain: one row. Parameters: $1 newest day (date), $2 days that are kept day by day, $3 days that are kept at all
--   (integer; null = for ever).
-- not null: days, scores
with
stored as (
    select distinct run.day
    from hale_data.score_run as run
    where run.finished_at is not null
),
forgotten as (
    select stored.day
    from stored
    where stored.day <= $1::date - $3::integer
        or (
            stored.day <= $1::date - $2::integer
            and exists (
                select from stored as later
                where later.day > stored.day and later.day <= $1::date
                    and date_trunc('week', later.day) = date_trunc('week', stored.day)))
),
scores as (
    delete from hale_data.health_score as score
    using forgotten
    where score.day = forgotten.day
    returning score.account_id
),
figures as (
    delete from hale_data.portfolio_day as figures
    using forgotten
    where figures.day = forgotten.day
),
runs as (
    delete from hale_data.score_run as run
    using forgotten
    where run.day = forgotten.day
)
select
    (select count(*) from forgotten) as days,
    (select count(*) from scores) as scores
