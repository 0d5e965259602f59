-- Purpose: takes away the terms of contracts that became known after an instant, and notes their accounts.
-- Grain: one row per account and version. Parameters: $1 instant (text).
with
hidden as (
    delete from hale_data.contract_version
    where recorded_at > $1::text::timestamptz
    returning account_id
)
insert into touched_account (account_id)
select account_id
from hidden
