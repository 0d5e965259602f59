-- Purpose: the contracts of accounts on a day, amounts in the reporting currency.
-- Grain: one row per contract whose terms were known, in order of account_id and contract_id.
-- Parameters: $1 as of (date), $2 first, $3 last account, $4 account ids (bigint[]; null = all of the range).
-- not null: account_id, contract_id, external_id, is_evergreen, notice_days, auto_renew,
-- not null: notice_given, signed, is_live, is_open
select
    contract.account_id,
    contract.contract_id,
    known.external_id,
    contract.seats,
    case
        when contract.currency = (select hale_data.reporting_currency()) then contract.arr_minor
        else hale_data.in_reporting_currency(
            contract.arr_minor, contract.currency, (select hale_data.reporting_currency()), $1::date)
    end as arr_minor,
    contract.renews_on,
    contract.is_evergreen,
    contract.notice_days,
    contract.auto_renew,
    contract.notice_given,
    contract.signed,
    contract.is_live,
    contract.is_open
from hale_data.contract_on($1::date) as contract
join hale_data.contract as known
    on known.account_id = contract.account_id and known.contract_id = contract.contract_id
    and known.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or known.account_id = any ($4::bigint[]))
where contract.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or contract.account_id = any ($4::bigint[]))
order by contract.account_id, contract.contract_id
