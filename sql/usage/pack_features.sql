-- Purpose: recomputes the packed months of features for the touched account-months from the raw events.
-- Grain: one row per account, month and feature.
insert into hale_data.feature_month as packed (account_id, month, feature_id, active_days, events, quantity)
select
    event.account_id,
    touched.month,
    event.feature_id,
    bit_or((1::bigint << (event.day - touched.month))::integer),
    count(*),
    sum(event.quantity)::bigint
from touched
join hale_data.usage_event as event
    on event.account_id = touched.account_id
    and event.day >= touched.month
    and event.day < touched.month + hale_data.month_length(touched.month)
where event.feature_id is not null
group by event.account_id, touched.month, event.feature_id
on conflict (account_id, month, feature_id) do update
set active_days = excluded.active_days, events = excluded.events, quantity = excluded.quantity
where (excluded.active_days, excluded.events, excluded.quantity)
    is distinct from (packed.active_days, packed.events, packed.quantity)
