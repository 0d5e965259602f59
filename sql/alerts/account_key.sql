-- Purpose: the internal id of an account. Grain: one row or none. Parameters: $1 the account's id as imported (text).
-- not null: account_id
select account_id
from hale_data.account
where external_id = $1::text
