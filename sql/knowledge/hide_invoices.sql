-- Purpose: gives invoices back what was known of them at an instant, and takes away those that became known later.
-- Grain: one row per invoice taken away. Parameters: $1 instant (text).
with
image as (
    select distinct on (image.account_id, image.external_id)
        image.account_id, image.external_id, image.due_on, image.paid_on, image.recorded_at
    from hale_data.import_change as change
    cross join lateral jsonb_populate_record(null::hale_data.invoice, change.before) as image
    where change.table_name = 'invoice' and image.recorded_at <= $1::text::timestamptz
    order by image.account_id, image.external_id, image.recorded_at desc, change.import_id desc
),
restored as (
    update hale_data.invoice as invoice
    set due_on = image.due_on, paid_on = image.paid_on, recorded_at = image.recorded_at
    from image
    where invoice.account_id = image.account_id and invoice.external_id = image.external_id
        and invoice.recorded_at > $1::text::timestamptz
    returning invoice.account_id, invoice.external_id
)
delete from hale_data.invoice as invoice
where invoice.recorded_at > $1::text::timestamptz
    and not exists (
        select from restored
        where restored.account_id = invoice.account_id and restored.external_id = invoice.external_id)
