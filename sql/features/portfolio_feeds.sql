-- Purpose: the figures of all accounts together that come straight from the facts.
-- Grain: one row.
-- Parameters: $1 as of (date).
-- not null: key_features
select
    (select count(*)::integer from hale_data.key_feature_on($1::date)) as key_features,
    (
        select min(hale_data.first_active_day(month.month, month.active_days, $1::date))
        from hale_data.usage_month as month
        where month.month < $1::date
    ) as usage_first_day,
    $1::date - (
        select max(hale_data.last_active_day(month.month, month.active_days, $1::date))
        from hale_data.usage_month as month
        where month.month >= date_trunc('month', $1::date - 100)::date and month.month < $1::date
    ) as usage_age_days,
    $1::date - (
        select hale_data.day_of(max(ticket.opened_at))
        from hale_data.ticket as ticket
        where ticket.opened_at < hale_data.day_start($1::date)
    ) as ticket_age_days,
    $1::date - (
        select max(invoice.due_on) from hale_data.invoice as invoice where invoice.due_on < $1::date
    ) as invoice_age_days
