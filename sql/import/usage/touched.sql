-- Purpose: remembers which account-months an import touches.
-- Grain: one row per account and month.
create temp table touched on commit drop as
select distinct account_id, date_trunc('month', day)::date as month
from (
    select account_id, day from account_day
    union all
    select account_id, day from identified
) as event
