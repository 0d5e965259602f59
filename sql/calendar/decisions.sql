-- Purpose: the decisions of the year from a day on, of renewals that nobody signed yet, with how often and when their
--   contract was changed last.
-- Grain: one row per contract, in order of the decision. Parameters: $1 day (date), $2 e-mail of the CSM (text; null =
--   all).
-- not null: account_id, account, contract_id, decision_on, renews_on, arr_minor, currency, minor_digits, versions,
-- not null: changed_at
select
    renewal.account_id, renewal.account, renewal.contract_id, renewal.product, renewal.decision_on, renewal.renews_on,
    renewal.auto_renew, renewal.renewal_number, renewal.probability, renewal.basis,
    round(renewal.arr * 10::numeric ^ hale_data.minor_digits(renewal.currency))::bigint as arr_minor, renewal.currency,
    hale_data.minor_digits(renewal.currency) as minor_digits,
    count(*) as versions,
    to_char(max(version.recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed_at
from hale.renewal_on($1::date) as renewal
join hale_data.contract_version as version
    on version.account_id = renewal.account_key and version.contract_id = renewal.contract_key
where renewal.decision_on between $1::date and $1::date + 365
    and renewal.basis is distinct from 'signed'
    and ($2::text is null or renewal.csm = lower($2::text))
group by
    renewal.account_id, renewal.account, renewal.contract_id, renewal.product, renewal.decision_on, renewal.renews_on,
    renewal.auto_renew, renewal.renewal_number, renewal.probability, renewal.basis, renewal.arr, renewal.currency
order by renewal.decision_on, renewal.account_id, renewal.contract_id
