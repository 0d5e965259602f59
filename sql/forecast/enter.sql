-- Purpose: keeps what somebody says of the next renewal of a contract.
-- Grain: one row, or none for a contract that is not open or has no renewal date. Nothing is kept of one whose amount
--   has no exchange rate.
-- Parameters: $1 contract id (text), $2 day (date), $3 amount (bigint, minor units), $4 its currency, $5 category, $6
--   note, $7 by (text).
-- not null: contract_id, account_id, account, renews_on
with
renewal as (
    select
        contract_id, account_id, account, renews_on, reporting_arr_minor, reporting_currency, probability, basis,
        decided_renewals, account_key, contract_key
    from hale.renewal_on($2::date)
    where contract_id = $1::text and renews_on is not null
),
entered as (
    insert into hale_data.forecast_entry (
        account_id, contract_id, renewal_on, amount_minor, currency, category, note, entered_by, said_on)
    select
        account_key, contract_key, renews_on, $3::bigint, case when $3::bigint is not null then $4::text end, $5::text,
        $6::text, $7::text, $2::date
    from renewal
    where reporting_arr_minor is not null
)
select
    contract_id, account_id, account, renews_on, reporting_arr_minor, reporting_currency, probability, basis,
    decided_renewals
from renewal
