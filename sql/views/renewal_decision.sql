-- Purpose: what was decided of every renewal, by which evidence.
-- Grain: one row per contract and renewal date, as seen on the day.
create or replace function hale.renewal_decision_on(as_of date)
returns table (
    contract_id text, account_id text, account text, segment text, csm text, product text, renewal_on date,
    outcome text, basis text, decided_on date, renewal_number integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select
        known.external_id, account.external_id, account.name, account.segment, csm.email, decision.product,
        decision.renewal_on, decision.outcome, decision.basis, decision.decided_on, decision.renewal_number
    from hale_data.renewal_decision_on(as_of) as decision
    join hale_data.contract as known
        on known.account_id = decision.account_id and known.contract_id = decision.contract_id
    join hale_data.account as account on account.account_id = decision.account_id
    left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
    where hale_data.may_see(csm.email)
$$;
create or replace view hale.renewal_decision with (security_barrier) as
select
    contract_id, account_id, account, segment, csm, product, renewal_on, outcome, basis, decided_on, renewal_number
from hale.renewal_decision_on(hale.newest_day());
comment on view hale.renewal_decision is
    'renewals that are decided on the newest scored day, one row per contract and renewal date';
comment on column hale.renewal_decision.contract_id is 'the contract''s id as imported';
comment on column hale.renewal_decision.account_id is 'the account''s id as imported';
comment on column hale.renewal_decision.account is 'the account''s name';
comment on column hale.renewal_decision.segment is 'the account''s segment';
comment on column hale.renewal_decision.csm is 'e-mail of the responsible CSM';
comment on column hale.renewal_decision.product is 'what the contract is for';
comment on column hale.renewal_decision.renewal_on is 'the first day that the term no longer covered';
comment on column hale.renewal_decision.outcome is 'renewed or lost';
comment on column hale.renewal_decision.basis is
    'how it was decided: cut (cancelled), said (an explicit outcome), signed, follow (a contract for the same product '
    'began within 90 days), rolled (renewed by itself), extended (its end was moved forward), notice, or lapsed '
    '(nothing for 90 days)';
comment on column hale.renewal_decision.decided_on is 'the day on which it was decided';
comment on column hale.renewal_decision.renewal_number is
    '1 for the first renewal of the account''s contracts for the product, 2 for the second';
