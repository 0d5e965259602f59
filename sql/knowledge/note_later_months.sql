-- Purpose: notes the account-months with usage before a day that became known after an instant.
-- Grain: one row per account and month. Parameters: $1 instant (text), $2 day (date), $3 first day (date;
--   null = all).
insert into touched (account_id, month)
select distinct account_id, date_trunc('month', day)::date
from hale_data.usage_event
where recorded_at > $1::text::timestamptz and day < $2::date
    and day >= coalesce($3::date, '-infinity')
