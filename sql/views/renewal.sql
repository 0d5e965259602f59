-- Purpose: the open contracts of a day with their next renewal.
-- Grain: one row per contract.
create or replace function hale.renewal_on(as_of date)
returns table (
    contract_id text, account_id text, account text, csm text, product text, arr numeric, currency text, seats integer,
    starts_on date, renews_on date, decision_on date, days_to_renewal integer, auto_renew boolean, is_live boolean,
    contract_state text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select
        known.external_id, account.external_id, account.name, csm.email, contract.product,
        hale_data.major(contract.arr_minor, contract.currency), contract.currency,
        contract.seats, contract.starts_on, contract.renews_on, contract.decision_on,
        contract.renews_on - as_of, contract.auto_renew, contract.is_live,
        hale_data.contract_state(
            contract.is_evergreen, contract.renews_on - as_of, contract.notice_days, contract.auto_renew,
            contract.notice_given, contract.signed)
    from hale_data.contract_on(as_of) as contract
    join hale_data.contract as known
        on known.account_id = contract.account_id and known.contract_id = contract.contract_id
    join hale_data.account as account on account.account_id = contract.account_id
    left join hale_data.csm as csm on csm.csm_id = account.csm_id
    where contract.is_open
        and hale_data.may_see(csm.email)
$$;
create or replace view hale.renewal with (security_barrier) as
select
    contract_id, account_id, account, csm, product, arr, currency, seats, starts_on, renews_on, decision_on,
    days_to_renewal, auto_renew, is_live, contract_state
from hale.renewal_on(hale.newest_day());
comment on view hale.renewal is
    'open contracts on the newest scored day with their next renewal, one row per contract';
comment on column hale.renewal.contract_id is 'the contract''s id as imported';
comment on column hale.renewal.account_id is 'the account''s id as imported';
comment on column hale.renewal.account is 'the account''s name';
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
