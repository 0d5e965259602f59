-- Purpose: remembers which account-months an import touches.
-- Grain: one row per account and month.
create temp table touched on commit drop as
select account_id, month
from account_month
union
select account_id, date_trunc('month', day)::date
from identified
