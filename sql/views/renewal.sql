-- Purpose: the open contracts of a day with their next renewal, how likely it is, and what people say of it.
-- Grain: one row per contract.
create or replace function hale.renewal_on(as_of date)
returns table (
    contract_id text, account_id text, account text, segment text, csm text, product text, arr numeric, currency text,
    seats integer, starts_on date, renews_on date, decision_on date, days_to_renewal integer, auto_renew boolean,
    is_live boolean, contract_state text, probability double precision, basis text, rung integer,
    decided_renewals integer, category text, reporting_arr numeric, reporting_currency text, expected_arr numeric,
    forecast_arr numeric, forecast_category text, forecast_by text, forecast_note text, score double precision,
    base_log_odds double precision, score_log_odds double precision, reporting_arr_minor bigint,
    forecast_arr_minor bigint, account_key bigint, contract_key bigint, base text, renewal_number integer,
    arr_note text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    -- What was said of each contract last.
    with
    said as (
        select distinct on (entry.account_id, entry.contract_id)
            entry.account_id, entry.contract_id, entry.renewal_on, entry.amount_minor, entry.currency, entry.category,
            entry.entered_by, entry.note
        from hale_data.forecast_entry as entry
        where entry.said_on <= as_of
        order by entry.account_id, entry.contract_id, entry.entry_id desc
    )
    select
        known.external_id, account.external_id, account.name, contract.segment, csm.email, contract.product,
        hale_data.major(contract.arr_minor, contract.currency), contract.currency,
        contract.seats, contract.starts_on, contract.renews_on, contract.decision_on,
        contract.renews_on - as_of, contract.auto_renew, contract.is_live,
        contract.contract_state, contract.probability, contract.basis, contract.rung, contract.decided_renewals,
        hale_data.renewal_category(contract.probability, contract.basis),
        hale_data.major(amount.minor, reporting.currency), reporting.currency,
        round(
            hale_data.major(amount.minor, reporting.currency) * contract.probability::numeric,
            hale_data.minor_digits(reporting.currency)),
        hale_data.major(entered.minor, reporting.currency), entry.category, entry.entered_by, entry.note,
        contract.score, contract.base_log_odds, contract.score_log_odds, amount.minor, entered.minor,
        contract.account_id, contract.contract_id, contract.base, contract.renewal_number,
        case when amount.minor is null
            then hale_data.money_note(array[contract.currency], reporting.currency, as_of) end
    from hale_data.renewal_chance_on(as_of) as contract
    join hale_data.contract as known
        on known.account_id = contract.account_id and known.contract_id = contract.contract_id
    join hale_data.account as account on account.account_id = contract.account_id
    left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
    cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
    cross join lateral (
        select case
            when contract.currency = reporting.currency then contract.arr_minor
            else hale_data.in_reporting_currency(contract.arr_minor, contract.currency, reporting.currency, as_of)
        end as minor
        offset 0
    ) as amount
    -- A renewal date that was corrected by some days is the same renewal.
    left join said as entry
        on entry.account_id = contract.account_id and entry.contract_id = contract.contract_id
        and abs(entry.renewal_on - contract.renews_on) <= 14
    cross join lateral (
        select case
            when entry.currency = reporting.currency then entry.amount_minor
            else hale_data.in_reporting_currency(entry.amount_minor, entry.currency, reporting.currency, as_of)
        end as minor
        offset 0
    ) as entered
    where hale_data.may_see(csm.email)
$$;
create or replace view hale.renewal with (security_barrier) as
select
    contract_id, account_id, account, segment, csm, product, arr, currency, seats, starts_on, renews_on, decision_on,
    days_to_renewal, auto_renew, is_live, contract_state, probability, basis, rung, decided_renewals, category,
    reporting_arr, reporting_currency, expected_arr, forecast_arr, forecast_category, forecast_by, forecast_note, score,
    base_log_odds, score_log_odds, reporting_arr_minor, forecast_arr_minor, account_key, contract_key,
    base, renewal_number, arr_note
from hale.renewal_on(hale.newest_day());
comment on view hale.renewal is
    'open contracts on the newest scored day with their next renewal, one row per contract';
comment on column hale.renewal.contract_id is 'the contract''s id as imported';
comment on column hale.renewal.account_id is 'the account''s id as imported';
comment on column hale.renewal.account is 'the account''s name';
comment on column hale.renewal.segment is 'the account''s segment';
comment on column hale.renewal.csm is 'e-mail of the responsible CSM';
comment on column hale.renewal.product is 'what the contract is for';
comment on column hale.renewal.arr is 'annual recurring revenue, major units of currency';
comment on column hale.renewal.currency is 'the contract''s currency (ISO 4217)';
comment on column hale.renewal.seats is 'seats bought';
comment on column hale.renewal.starts_on is 'first day of the contract';
comment on column hale.renewal.renews_on is 'next renewal date; null for an evergreen contract';
comment on column hale.renewal.decision_on is 'renews_on less the days of notice: the day by which it is decided';
comment on column hale.renewal.days_to_renewal is 'days from the day to renews_on; negative when past due';
comment on column hale.renewal.auto_renew is 'whether it renews by itself';
comment on column hale.renewal.is_live is 'whether it is live, else it ended within 90 days undecided';
comment on column hale.renewal.contract_state is 'what the renewal stands at';
comment on column hale.renewal.probability is
    'probability that it is renewed, 0 to 1; null where nothing was fitted yet';
comment on column hale.renewal.basis is
    'what the probability rests on: signed, notice, locked in, or the rung of the ladder in words';
comment on column hale.renewal.rung is
    'rung of the ladder: 0 assumed, 1 assumed slope, 2 calibrated, 3 fitted; null where the contract decides';
comment on column hale.renewal.decided_renewals is 'decided renewals behind the probability';
comment on column hale.renewal.category is
    'closed (signed), commit (85 % or more in whole percent), most_likely (60 %), best_case (30 %) or at_risk';
comment on column hale.renewal.reporting_arr is 'arr in the reporting currency at the newest rate, major units';
comment on column hale.renewal.reporting_currency is 'the reporting currency (ISO 4217)';
comment on column hale.renewal.expected_arr is 'reporting_arr times probability, major units of the reporting currency';
comment on column hale.renewal.forecast_arr is
    'what somebody said will be renewed (hale forecast set), major units of the reporting currency';
comment on column hale.renewal.forecast_category is 'the category that somebody set';
comment on column hale.renewal.forecast_by is 'who said so';
comment on column hale.renewal.forecast_note is 'the note to it';
comment on column hale.renewal.score is 'the account''s score of the day, 0 to 100; null where too little is known';
comment on column hale.renewal.base_log_odds is
    'log odds at the mean score that the probability starts from; null where the contract decides';
comment on column hale.renewal.score_log_odds is 'what the score adds to base_log_odds';
comment on column hale.renewal.reporting_arr_minor is 'reporting_arr in minor units';
comment on column hale.renewal.forecast_arr_minor is 'forecast_arr in minor units';
comment on column hale.renewal.account_key is 'key of the account, for joins within Hale';
comment on column hale.renewal.contract_key is 'key of the contract, for joins within Hale';
comment on column hale.renewal.base is
    'what the probability starts from before the score shifts it: rate (of the segment and length of term) or '
    'renewal_number (of renewals of the same number); null where the contract decides';
comment on column hale.renewal.renewal_number is
    'which renewal of its account and product is next: 1 for the first';
comment on column hale.renewal.arr_note is
    'why reporting_arr is missing, with the currency and the day; null where nothing is missing';
