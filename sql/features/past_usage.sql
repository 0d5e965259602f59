-- Purpose: of accounts whose newest usage lies far back: when that was, and how much of it named people.
-- Grain: one row per account with usage before a day, in order of account_id.
-- Parameters: $1 as of (date), $2 account ids (bigint[]), $3 days up to the newest usage that are counted (integer).
-- not null: account_id, last_day, events, named_events
select last_month.account_id, last_month.last_day, counted.events, counted.named_events
from (
    select account.account_id, newest.last_day
    from hale_data.account as account
    cross join lateral (
        select hale_data.last_active_day(month.month, month.active_days, $1::date) as last_day
        from hale_data.usage_month as month
        where month.account_id = account.account_id
            and month.month < $1::date
            and month.active_days & hale_data.days_mask(month.month, month.month, $1::date) <> 0
        order by month.month desc
        limit 1
    ) as newest
    where account.account_id = any ($2::bigint[])
) as last_month
cross join lateral (
    select
        coalesce(sum(day.events), 0)::bigint as events,
        coalesce(sum(day.named_events), 0)::bigint as named_events
    from hale_data.usage_month as month
    cross join lateral unnest(
        month.events[greatest(1, last_month.last_day - $3::integer + 2 - month.month)
            :last_month.last_day - month.month + 1],
        month.named_events[greatest(1, last_month.last_day - $3::integer + 2 - month.month)
            :last_month.last_day - month.month + 1]) as day (events, named_events)
    where month.account_id = last_month.account_id
        and month.month > last_month.last_day - $3::integer - 31
        and month.month <= last_month.last_day
) as counted
order by last_month.account_id
