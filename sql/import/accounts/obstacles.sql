-- Purpose: what hangs on the accounts that an import created, so that it cannot be undone.
-- Grain: one row per account and sort of fact. Parameters: $1 receipt (bigint), $2 how many (bigint).
-- not null: reason
with
fresh as (
    select account_id, external_id
    from hale_data.account
    where import_id = $1::bigint
),
used as (
    select account_id, 'contracts' as what from hale_data.contract
    union
    select account_id, 'people' from hale_data.person
    union
    select account_id, 'usage' from hale_data.usage_month
    union
    select account_id, 'NPS responses' from hale_data.nps_response
    union
    select account_id, 'tickets' from hale_data.ticket
    union
    select account_id, 'invoices' from hale_data.invoice
    union
    select account_id, 'touchpoints' from hale_data.touchpoint
    union
    select account_id, 'overrides' from hale_data.band_override
    union
    select account_id, 'pulses' from hale_data.pulse
    union
    select account_id, 'notes' from hale_data.account_note
    union
    select account_id, 'covers' from hale_data.account_cover
    union
    select account_id, 'forecasts' from hale_data.forecast_entry
    union
    select parent_account_id, 'accounts below it' from hale_data.account where import_id is distinct from $1::bigint
)
select 'account "' || fresh.external_id || '" has ' || used.what as reason
from fresh
join used on used.account_id = fresh.account_id
order by reason
limit $2::bigint
