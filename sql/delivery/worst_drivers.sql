-- Purpose: the drivers that take most from the scores of some accounts on a day.
-- Grain: one row per account and driver, the worst first. Parameters: $1 day (date), $2 account ids (text[]),
--   $3 the most of an account (integer).
-- not null: account_id, driver, points
select ranked.account_id, ranked.driver, ranked.points
from (
    select
        driver.account_id, driver.driver, driver.points,
        row_number() over (partition by driver.account_id order by driver.points, driver.driver) as place
    from hale.account_driver_on($1::date) as driver
    where driver.account_id = any ($2::text[]) and driver.points < 0
) as ranked
where ranked.place <= $3::integer
order by ranked.account_id, ranked.place
