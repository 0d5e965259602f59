-- Purpose: what a score is computed from and has one value per account.
-- Grain: one row per account, in order of account_id.
-- Parameters: $1 as of (date; facts before this day), $2 first, $3 last account, $4 account ids (bigint[]; null =
--   all of the range), $5 ids of the key features (bigint[]), $6 days over which used features are counted (integer).
-- Only the first and the last month of the window are cut by a mask, and both masks are constants of the plan.
-- not null: account_id, external_id, key_features_used, open_p1, open_p2, open_p3
select
    account.account_id,
    account.external_id,
    account.segment,
    account.country,
    coalesce(used.features, 0)::integer as key_features_used,
    coalesce(open.p1, 0)::integer as open_p1,
    coalesce(open.p2, 0)::integer as open_p2,
    coalesce(open.p3, 0)::integer as open_p3,
    overdue.days as overdue_days
from hale_data.account as account
left join (
    select account_id, count(*) as features
    from (
        select month.account_id, month.feature_id
        from hale_data.feature_month as month
        where month.feature_id = any ($5::bigint[])
            and month.month >= date_trunc('month', ($1::date - $6::integer)::timestamp)::date
            and month.month < $1::date
            and month.active_days & case month.month
                when date_trunc('month', $1::date::timestamp)::date
                    then hale_data.days_mask(
                        date_trunc('month', $1::date::timestamp)::date, $1::date - $6::integer, $1::date)
                when date_trunc('month', ($1::date - $6::integer)::timestamp)::date
                    then hale_data.days_mask(
                        date_trunc('month', ($1::date - $6::integer)::timestamp)::date, $1::date - $6::integer,
                        $1::date)
                else -1
            end <> 0
        -- Once as a group instead of counting different ones: the index has them in this order.
        group by month.account_id, month.feature_id
    ) as feature
    group by account_id
) as used
    on used.account_id = account.account_id and used.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or used.account_id = any ($4::bigint[]))
left join (
    select
        ticket.account_id,
        count(*) filter (where ticket.priority = 1) as p1,
        count(*) filter (where ticket.priority = 2) as p2,
        count(*) filter (where ticket.priority = 3) as p3
    from hale_data.ticket as ticket
    where ticket.opened_at < (select hale_data.day_start($1::date))
        and (ticket.closed_at is null or ticket.closed_at >= (select hale_data.day_start($1::date)))
    group by ticket.account_id
) as open
    on open.account_id = account.account_id and open.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or open.account_id = any ($4::bigint[]))
left join (
    select
        invoice.account_id,
        coalesce(
            $1::date - min(invoice.due_on) filter (where invoice.paid_on is null or invoice.paid_on >= $1::date),
            0) as days
    from hale_data.invoice as invoice
    where invoice.due_on < $1::date
    group by invoice.account_id
) as overdue
    on overdue.account_id = account.account_id and overdue.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or overdue.account_id = any ($4::bigint[]))
where account.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or account.account_id = any ($4::bigint[]))
order by account.account_id
