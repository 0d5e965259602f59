-- Purpose: adds the counts of features to their packed months.
-- Grain: one row per account, month and feature.
insert into hale_data.feature_month as packed (account_id, month, feature_id, active_days, events, quantity)
select account_id, month, feature_id, bit_or(active_days), sum(events)::bigint, sum(quantity)::bigint
from feature_count
group by account_id, month, feature_id
order by account_id, month, feature_id
on conflict (account_id, month, feature_id) do update
set active_days = packed.active_days | excluded.active_days,
    events = packed.events + excluded.events,
    quantity = packed.quantity + excluded.quantity
