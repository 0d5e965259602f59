-- Purpose: adds a version for every contract whose terms differ from the newest ones; the first one is
--   valid from ever.
-- Grain: one row of counts.
-- Parameters: $1 columns of the file (text[]), $2 is history (boolean), $3 receipt (bigint), $4 default
--   currency (text).
-- not null: inserted, updated
with
incoming as (
    select distinct on (contract.account_id, contract.contract_id)
        contract.account_id,
        contract.contract_id,
        staged.product,
        staged.currency,
        coalesce(staged.arr::numeric, staged.mrr::numeric * 12) as arr,
        staged.seats::integer as seats,
        staged.starts_on::date as starts_on,
        staged.ends_on::date as ends_on,
        staged.term_months::integer as term_months,
        staged.auto_renew::boolean as auto_renew,
        staged.notice_days::integer as notice_days,
        staged.notice_given_on::date as notice_given_on,
        staged.renewal_signed_on::date as renewal_signed_on,
        staged.cancelled_on::date as cancelled_on,
        staged.outcome,
        staged.decided_on::date as decided_on,
        coalesce(
            staged.recorded_at::timestamptz,
            case when $2::boolean then least(now(), staged.starts_on::timestamptz) else now() end) as recorded_at
    from staged
    join hale_data.account_key as key on key.external_id = staged.account_id
    join hale_data.contract as contract
        on contract.account_id = key.account_id and contract.external_id = staged.contract_id
    order by contract.account_id, contract.contract_id, staged.line desc
),
newest as (
    select distinct on (version.account_id, version.contract_id) version.*
    from hale_data.contract_version as version
    join incoming on incoming.account_id = version.account_id and incoming.contract_id = version.contract_id
    order by version.account_id, version.contract_id, version.valid_from desc, version.recorded_at desc
),
merged as (
    select
        incoming.account_id,
        incoming.contract_id,
        newest.contract_id is null as is_first,
        incoming.recorded_at,
        case when 'product' = any ($1::text[]) then incoming.product else newest.product end as product,
        round(
            incoming.arr * 10::numeric
            ^ hale_data.minor_digits(coalesce(incoming.currency, newest.currency, $4::text)))::bigint as arr_minor,
        coalesce(incoming.currency, newest.currency, $4::text) as currency,
        case when 'seats' = any ($1::text[]) then incoming.seats else newest.seats end as seats,
        incoming.starts_on,
        case when 'ends_on' = any ($1::text[]) then incoming.ends_on else newest.ends_on end as ends_on,
        case when 'term_months' = any ($1::text[]) then incoming.term_months else newest.term_months end as term_months,
        coalesce(
            case when 'auto_renew' = any ($1::text[]) then incoming.auto_renew else newest.auto_renew end,
            false) as auto_renew,
        case when 'notice_days' = any ($1::text[]) then incoming.notice_days else newest.notice_days end as notice_days,
        case when 'notice_given_on' = any ($1::text[]) then incoming.notice_given_on else newest.notice_given_on
        end as notice_given_on,
        case when 'renewal_signed_on' = any ($1::text[]) then incoming.renewal_signed_on else newest.renewal_signed_on
        end as renewal_signed_on,
        case when 'cancelled_on' = any ($1::text[]) then incoming.cancelled_on else newest.cancelled_on
        end as cancelled_on,
        case when 'outcome' = any ($1::text[]) then incoming.outcome else newest.outcome end as outcome,
        case when 'decided_on' = any ($1::text[]) then incoming.decided_on else newest.decided_on end as decided_on,
        newest.valid_from as newest_valid_from,
        newest.recorded_at as newest_recorded_at,
        row(
            newest.product, newest.arr_minor, newest.currency, newest.seats, newest.starts_on, newest.ends_on,
            newest.term_months, newest.auto_renew, newest.notice_days, newest.notice_given_on,
            newest.renewal_signed_on, newest.cancelled_on, newest.outcome, newest.decided_on) as newest_terms
    from incoming
    left join newest on newest.account_id = incoming.account_id and newest.contract_id = incoming.contract_id
),
added as (
    insert into hale_data.contract_version (
        account_id, contract_id, valid_from, recorded_at, product, arr_minor, currency, seats, starts_on, ends_on,
        term_months, auto_renew, notice_days, notice_given_on, renewal_signed_on, cancelled_on, outcome,
        decided_on, import_id)
    select
        account_id, contract_id,
        case when is_first then '-infinity'::date
            else greatest(newest_valid_from, hale_data.day_of(recorded_at)) end,
        case when is_first then recorded_at
            else greatest(recorded_at, newest_recorded_at + interval '1 microsecond') end,
        product, arr_minor, currency, seats, starts_on, ends_on,
        term_months, auto_renew, notice_days, notice_given_on, renewal_signed_on, cancelled_on, outcome,
        decided_on, $3::bigint
    from merged
    where is_first
        or newest_terms is distinct from row(
            product, arr_minor, currency, seats, starts_on, ends_on, term_months, auto_renew, notice_days,
            notice_given_on, renewal_signed_on, cancelled_on, outcome, decided_on)
    returning account_id, valid_from = '-infinity'::date as is_new
),
touched as (
    insert into touched_account (account_id)
    select account_id from added
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from added
