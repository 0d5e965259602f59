-- Purpose: how many of the touched account-months hold more packed usage than raw usage, which was dropped.
-- Grain: one row.
-- not null: months
select count(*) as months
from touched
join hale_data.usage_month as packed on packed.account_id = touched.account_id and packed.month = touched.month
where (select sum(events) from unnest(packed.events) as events) > (
    select count(*)
    from hale_data.usage_event as event
    where event.account_id = touched.account_id
        and event.day >= touched.month and event.day < (touched.month + interval '1 month')::date)
