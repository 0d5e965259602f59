-- Purpose: notes the accounts whose facts an import wrote, before they are taken back.
-- Grain: one row per account noted. Parameters: $1 receipt (bigint), $2 its kind (text).
insert into touched_account (account_id)
select account_id from hale_data.account where import_id = $1::bigint and $2::text in ('accounts', 'csms')
union
select account_id from hale_data.person where import_id = $1::bigint
union
select account_id from hale_data.contract_version where import_id = $1::bigint and $2::text = 'contracts'
union
select account_id from hale_data.usage_event where import_id = $1::bigint and $2::text = 'usage'
union
select account_id from hale_data.nps_response where import_id = $1::bigint and $2::text = 'nps'
union
select account_id from hale_data.ticket where import_id = $1::bigint and $2::text = 'tickets'
union
select account_id from hale_data.invoice where import_id = $1::bigint and $2::text = 'invoices'
union
select account_id from hale_data.touchpoint where import_id = $1::bigint and $2::text = 'touchpoints'
