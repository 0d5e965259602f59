-- Purpose: upserts invoices by id.
--   What it overwrites is kept under the import.
-- Grain: one row of counts.
-- Parameters: $1 columns of the file (text[]), $2 is history (boolean), $3 receipt (bigint), $4 default
--   currency (text).
-- not null: inserted, updated
with
resolved as (
    select distinct on (key.account_id, staged.invoice_id)
        key.account_id,
        staged.invoice_id as external_id,
        staged.due_on::date as due_on,
        case when 'paid_on' = any ($1::text[]) then staged.paid_on::date else old.paid_on end as paid_on,
        case
            when 'amount' = any ($1::text[]) then round(
                staged.amount::numeric
                * 10::numeric ^ hale_data.minor_digits(coalesce(staged.currency, $4::text)))::bigint
            else old.amount_minor
        end as amount_minor,
        case
            when 'amount' = any ($1::text[]) or 'currency' = any ($1::text[]) then coalesce(staged.currency, $4::text)
            else coalesce(old.currency, $4::text)
        end as currency,
        coalesce(
            staged.recorded_at::timestamptz,
            case when $2::boolean then least(now(), staged.due_on::timestamptz) else now() end) as recorded_at
    from staged
    join hale_data.account_key as key on key.external_id = staged.account_id
    left join hale_data.invoice as old
        on old.account_id = key.account_id and old.external_id = staged.invoice_id
    order by key.account_id, staged.invoice_id, staged.line desc
),
changed as (
    insert into hale_data.invoice as old (
        account_id, external_id, due_on, paid_on, amount_minor, currency, recorded_at, import_id)
    select account_id, external_id, due_on, paid_on, amount_minor, currency, recorded_at, $3::bigint
    from resolved
    on conflict (account_id, external_id) do update
    set due_on = excluded.due_on, paid_on = excluded.paid_on, amount_minor = excluded.amount_minor,
        currency = excluded.currency, recorded_at = excluded.recorded_at, import_id = excluded.import_id
    where (excluded.due_on, excluded.paid_on, excluded.amount_minor, excluded.currency)
        is distinct from (old.due_on, old.paid_on, old.amount_minor, old.currency)
    returning account_id, external_id, xmax = 0 as is_new
),
overwritten as (
    insert into hale_data.import_change (import_id, table_name, before)
    select hale_data.current_import(), 'invoice', to_jsonb(old)
    from changed
    join hale_data.invoice as old on old.account_id = changed.account_id and old.external_id = changed.external_id
    where hale_data.current_import() is not null
),
touched as (
    insert into touched_account (account_id)
    select account_id from changed
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
