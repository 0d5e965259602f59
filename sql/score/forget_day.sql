-- Purpose: takes a scored day back: its scores, figures, runs, forecast, and what it changed of the formula that turns
--   scores into probabilities. What people said of renewals is known from the newest scored day before it on. A frozen
--   forecast stays, unless its day has not come.
-- Grain: one row. Parameters: $1 day (date), $2 today (date).
-- not null: scores, is_frozen
with
scores as (
    delete from hale_data.health_score where day = $1::date returning account_id
),
figures as (
    delete from hale_data.portfolio_day where day = $1::date
),
runs as (
    delete from hale_data.score_run where day = $1::date
),
formula as (
    delete from hale_data.calibration where day = $1::date
),
forecast as (
    delete from hale_data.forecast_snapshot where day = $1::date
),
frozen as (
    delete from hale_data.frozen_forecast where day = $1::date and day > $2::date
),
frozen_renewals as (
    delete from hale_data.frozen_renewal where day = $1::date and day > $2::date
),
said as (
    update hale_data.forecast_entry as entry
    set said_on = former.day
    from (
        select max(run.day) as day
        from hale_data.score_run as run
        where run.finished_at is not null and run.day < $1::date
    ) as former
    where entry.said_on = $1::date and former.day is not null
)
select
    (select count(*) from scores) as scores,
    exists (select from hale_data.frozen_forecast where day = $1::date and day <= $2::date) as is_frozen
