-- Purpose: remembers which account-months an import touched.
-- Grain: one row per account and month.
create temp table touched on commit drop as
select distinct
    key.account_id,
    date_trunc('month', staged.occurred_at::timestamptz at time zone hale_data.time_zone())::date as month
from staged
join hale_data.account_key as key on key.external_id = staged.account_id
