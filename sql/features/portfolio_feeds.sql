-- Purpose: the figures of all accounts together that come straight from the facts.
-- Grain: one row.
-- Parameters: $1 as of (date).
-- not null: key_features, promoters, passives, detractors
with
latest_response as (
    select distinct on (response.account_id, coalesce(response.person_id::text, response.response_key))
        response.score
    from hale_data.nps_response as response
    where response.responded_at < hale_data.day_start($1::date)
        and response.responded_at >= hale_data.day_start($1::date - 730)
    order by response.account_id, coalesce(response.person_id::text, response.response_key),
        response.responded_at desc, response.response_key desc
)
select
    (select count(*)::integer from hale_data.key_feature_on($1::date)) as key_features,
    (select count(*)::integer from latest_response where score >= 9) as promoters,
    (select count(*)::integer from latest_response where score between 7 and 8) as passives,
    (select count(*)::integer from latest_response where score <= 6) as detractors,
    (
        select min(month.month + (floor(log(2::numeric, (month.active_days & -month.active_days)::numeric)))::integer)
        from hale_data.usage_month as month
        where month.month = (select min(first.month) from hale_data.usage_month as first)
            and month.active_days <> 0
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
