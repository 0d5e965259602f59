-- Purpose: accounts without people. Variables: accounts.
insert into hale_data.account_key (external_id)
select 'A-' || lpad(number::text, 8, '0')
from generate_series(1, :accounts) as number;

insert into hale_data.account (account_id, external_id, name)
select account_id, external_id, 'Account ' || account_id
from hale_data.account_key;

create schema bench;
vacuum analyze hale_data.account_key, hale_data.account;
