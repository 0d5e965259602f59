-- Purpose: since when there is usage, and how old the newest fact of each feed is.
-- Grain: one row.
-- Parameters: $1 as of (date), $2 days after which the model takes a feed for dead (integer).
with
-- A day of usage of any account, a bit for each: the days themselves are worked out for a handful of months only.
usage as materialized (
    select month, days
    from (
        select month.month, bit_or(month.active_days) & hale_data.days_mask(month.month, month.month, $1::date) as days
        from hale_data.usage_month as month
        where month.month < $1::date
        group by month.month
    ) as by_month
    where days <> 0
)
select
    (select min(hale_data.first_active_day(month, days, $1::date)) from usage) as usage_first_day,
    $1::date - (
        select max(hale_data.last_active_day(month, days, $1::date))
        from usage
        where month >= date_trunc('month', $1::date - greatest(100, $2::integer))::date
    ) as usage_age_days,
    $1::date - (
        select hale_data.day_of(max(ticket.opened_at))
        from hale_data.ticket as ticket
        where ticket.opened_at < (select hale_data.day_start($1::date))
    ) as ticket_age_days,
    $1::date - (
        select max(invoice.due_on) from hale_data.invoice as invoice where invoice.due_on < $1::date
    ) as invoice_age_days
