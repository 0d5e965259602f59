-- Purpose: notes the account-months in which an import put usage.
-- Grain: one row per account and month. Parameters: $1 receipt (bigint).
insert into touched (account_id, month)
select distinct account_id, date_trunc('month', day)::date
from hale_data.usage_event
where import_id = $1::bigint
