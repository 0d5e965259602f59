-- Purpose: what the renewals of a day come to needs no more than this: amount, chance, and what somebody said.
-- Grain: one row per open contract with a renewal date. Parameters: $1 day (date).
-- not null: renews_on, is_signed
with
said as (
    select distinct on (entry.account_id, entry.contract_id)
        entry.account_id, entry.contract_id, entry.renewal_on, entry.amount_minor, entry.currency
    from hale_data.forecast_entry as entry
    where entry.said_on <= $1::date
    order by entry.account_id, entry.contract_id, entry.entry_id desc
)
select
    contract.renews_on,
    case
        when contract.currency = reporting.currency then contract.arr_minor
        else hale_data.in_reporting_currency(contract.arr_minor, contract.currency, reporting.currency, $1::date)
    end as arr_minor,
    contract.currency,
    contract.probability,
    contract.basis is not distinct from 'signed' as is_signed,
    case
        when said.currency = reporting.currency then said.amount_minor
        else hale_data.in_reporting_currency(said.amount_minor, said.currency, reporting.currency, $1::date)
    end as said_minor
from hale_data.renewal_chance_on($1::date) as contract
cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
left join said
    on said.account_id = contract.account_id and said.contract_id = contract.contract_id
    and abs(said.renewal_on - contract.renews_on) <= 14
where contract.renews_on is not null
