-- Purpose: the renewals that were settled up to a day, before their date or after it, with the ARR that was at stake.
-- Grain: one row per contract and renewal date. The amount is what the contract ran at the day before, in the
--   reporting currency at the day's newest rate; null without a rate of its currency.
create or replace function hale_data.decided_renewal_on(as_of date)
returns table (
    account_id bigint, contract_id bigint, renewal_on date, decided_on date, outcome text, basis text,
    arr_minor bigint, segment text, csm text, currency text)
language sql stable as
$$
    select
        decision.account_id, decision.contract_id, decision.renewal_on, decision.decided_on, decision.outcome,
        decision.basis,
        case
            when terms.currency = reporting.currency then terms.arr_minor
            else hale_data.in_reporting_currency(terms.arr_minor, terms.currency, reporting.currency, as_of)
        end,
        account.segment, csm.email, terms.currency
    from hale_data.settled_renewal_on(as_of) as decision
    join hale_data.account as account on account.account_id = decision.account_id
    left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
    cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
    cross join lateral (
        select version.arr_minor, version.currency
        from hale_data.contract_version as version
        where version.account_id = decision.account_id and version.contract_id = decision.contract_id
            and version.valid_from < least(decision.renewal_on, decision.decided_on)
        order by version.valid_from desc, version.recorded_at desc
        limit 1
    ) as terms
$$;
