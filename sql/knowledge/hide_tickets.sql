-- Purpose: gives tickets back what was known of them at an instant, and takes away those that became known later.
-- Grain: one row per ticket taken away. Parameters: $1 instant (text).
with
image as (
    select distinct on (image.account_id, image.external_id)
        image.account_id, image.external_id, image.opened_at, image.closed_at, image.priority, image.recorded_at
    from hale_data.import_change as change
    cross join lateral jsonb_populate_record(null::hale_data.ticket, change.before) as image
    where change.table_name = 'ticket' and image.recorded_at <= $1::text::timestamptz
    order by image.account_id, image.external_id, image.recorded_at desc, change.import_id desc
),
restored as (
    update hale_data.ticket as ticket
    set opened_at = image.opened_at, closed_at = image.closed_at, priority = image.priority,
        recorded_at = image.recorded_at
    from image
    where ticket.account_id = image.account_id and ticket.external_id = image.external_id
        and ticket.recorded_at > $1::text::timestamptz
    returning ticket.account_id, ticket.external_id
)
delete from hale_data.ticket as ticket
where ticket.recorded_at > $1::text::timestamptz
    and not exists (
        select from restored
        where restored.account_id = ticket.account_id and restored.external_id = ticket.external_id)
