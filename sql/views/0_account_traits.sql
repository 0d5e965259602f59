-- What chooses an account's model: its traits and its age on a day. The age is the one the score counts with: since
-- the earlier of its creation and its first contract, else since its first usage. The CSM is the account's own: that
-- somebody covers for a fortnight changes no model.
-- Grain: one row per account.
create or replace function hale_data.account_traits_on(as_of date)
returns table (
    account_id bigint, segment text, lifecycle_stage text, country text, industry text, csm text, age_days integer)
language sql stable as
$$
    select
        account.account_id, account.segment, account.lifecycle_stage, account.country, account.industry, csm.email,
        as_of - coalesce(least(account.created_on, first_contract.starts_on), first_usage.day)
    from hale_data.account as account
    left join hale_data.csm as csm on csm.csm_id = account.csm_id
    left join (
        select terms.account_id, min(terms.starts_on) as starts_on
        from hale_data.contract_terms_on(as_of) as terms
        group by terms.account_id
    ) as first_contract on first_contract.account_id = account.account_id
    left join lateral (
        select hale_data.first_active_day(month.month, month.active_days, as_of) as day
        from hale_data.usage_month as month
        where month.account_id = account.account_id
            and account.created_on is null and first_contract.starts_on is null
            and month.month < as_of
            and month.active_days & hale_data.days_mask(month.month, month.month, as_of) <> 0
        order by month.month
        limit 1
    ) as first_usage on true
$$;
