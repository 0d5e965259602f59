-- Purpose: every account with raw events in a month is to be packed anew.
-- Grain: one row per account. Parameters: $1 first day of the month (date).
insert into touched (account_id, month)
select distinct account_id, $1::date
from hale_data.usage_event
where day >= $1::date and day < ($1::date + interval '1 month')::date
