-- Purpose: recomputes the packed months of features for the touched account-months from the raw events, which are
--   read a month at a time.
-- Grain: one row per account, month and feature.
insert into hale_data.feature_month as packed (account_id, month, feature_id, active_days, events, quantity)
select
    by_feature.account_id, months.month, by_feature.feature_id, by_feature.active_days, by_feature.events,
    by_feature.quantity
from (select distinct month from touched) as months
cross join lateral (
    select
        event.account_id,
        event.feature_id,
        bit_or((1::bigint << (event.day - months.month))::integer) as active_days,
        count(*) as events,
        sum(event.quantity)::bigint as quantity
    from hale_data.usage_event as event
    join touched on touched.account_id = event.account_id and touched.month = months.month
    where event.feature_id is not null
        and event.day >= months.month and event.day < (months.month + interval '1 month')::date
    group by event.account_id, event.feature_id
) as by_feature
on conflict (account_id, month, feature_id) do update
set active_days = excluded.active_days, events = excluded.events, quantity = excluded.quantity
where (excluded.active_days, excluded.events, excluded.quantity)
    is distinct from (packed.active_days, packed.events, packed.quantity)
