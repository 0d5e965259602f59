-- Purpose: since when accounts are customers, and where their holidays are: what their usage is summed up with.
-- Grain: one row per account, in order of account_id.
-- Parameters: $1 as of (date), $2 first, $3 last account, $4 account ids (bigint[]; null = all of the range).
-- not null: account_id
select
    account.account_id,
    account.country,
    coalesce(least(account.created_on, first_contract.starts_on), first_usage.day) as started_on
from hale_data.account as account
left join (
    select terms.account_id, min(terms.starts_on) as starts_on
    from hale_data.contract_terms_on($1::date) as terms
    group by terms.account_id
) as first_contract
    on first_contract.account_id = account.account_id
    and first_contract.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or first_contract.account_id = any ($4::bigint[]))
left join lateral (
    select hale_data.first_active_day(month.month, month.active_days, $1::date) as day
    from hale_data.usage_month as month
    where month.account_id = account.account_id
        and account.created_on is null and first_contract.starts_on is null
        and month.month < $1::date
        and month.active_days & hale_data.days_mask(month.month, month.month, $1::date) <> 0
    order by month.month
    limit 1
) as first_usage on true
where account.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or account.account_id = any ($4::bigint[]))
order by account.account_id
