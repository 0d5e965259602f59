-- Purpose: since when the usage of accounts names people; asked of accounts none of whose newest usage does.
-- Grain: one row per account whose usage named somebody before a day, in order of account_id.
-- Parameters: $1 before (date), $2 account ids (bigint[]).
-- not null: account_id, first_day
select account.account_id, first_named.day as first_day
from hale_data.account as account
cross join lateral (
    select month.month + min(named.place)::integer - 1 as day
    from (
        select month.month, month.named_events
        from hale_data.usage_month as month
        where month.account_id = account.account_id
            and month.month < $1::date
            and octet_length(month.person_days) > 0
        order by month.month
        limit 1
    ) as month
    cross join lateral unnest(month.named_events) with ordinality as named (events, place)
    where named.events > 0
    group by month.month
) as first_named
where account.account_id = any ($2::bigint[])
order by account.account_id
