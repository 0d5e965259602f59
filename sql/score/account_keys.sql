-- Purpose: the internal ids of accounts. Grain: one row per account that is known. Parameters: $1 ids (text[]).
-- not null: account_id, external_id
select account_id, external_id
from hale_data.account
where external_id = any ($1::text[])
order by account_id
