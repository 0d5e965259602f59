-- Purpose: derives what became of each term end of the accounts in this file from the versions of their contracts.
-- Grain: one row per contract and decided term end.
-- Order of evidence: an explicit outcome, a cancellation, a following contract, an end moved forward.
with
touched as (
    select distinct key.account_id
    from staged
    join hale_data.account_key as key on key.external_id = staged.account_id
),
version as (
    select
        version.*,
        lag(version.ends_on) over terms as earlier_end,
        row_number() over (
            partition by version.account_id, version.contract_id
            order by version.valid_from desc, version.recorded_at desc) as age
    from hale_data.contract_version as version
    join touched on touched.account_id = version.account_id
    window terms as (
        partition by version.account_id, version.contract_id order by version.valid_from, version.recorded_at)
),
newest as (
    select version.* from version where version.age = 1
),
evidence as (
    select
        account_id, contract_id,
        coalesce(ends_on, cancelled_on, decided_on) as renewal_on,
        coalesce(decided_on, ends_on, cancelled_on) as decided_on,
        outcome, 'outcome' as source, 1 as rank
    from newest
    where outcome is not null
    union all
    select
        account_id, contract_id,
        coalesce(
            hale_data.renewal_date(starts_on, ends_on, term_months, auto_renew, cancelled_on - 1), cancelled_on),
        least(coalesce(notice_given_on, cancelled_on), cancelled_on),
        'lost', 'cancelled', 2
    from newest
    where cancelled_on is not null
    union all
    select newest.account_id, newest.contract_id, newest.ends_on, min(successor.starts_on), 'renewed', 'successor', 3
    from newest
    join newest as successor
        on successor.account_id = newest.account_id
        and successor.contract_id <> newest.contract_id
        and successor.product is not distinct from newest.product
        and successor.starts_on > newest.starts_on
        and successor.starts_on between newest.ends_on - 30 and newest.ends_on + 30
    group by newest.account_id, newest.contract_id, newest.ends_on
    union all
    select account_id, contract_id, earlier_end, valid_from, 'renewed', 'extended', 4
    from version
    where ends_on > earlier_end
),
decided as (
    select distinct on (account_id, contract_id, renewal_on)
        account_id, contract_id, renewal_on, decided_on, outcome, source
    from evidence
    where renewal_on is not null
    order by account_id, contract_id, renewal_on, rank, decided_on
),
withdrawn as (
    delete from hale_data.renewal_decision as old
    using touched
    where old.account_id = touched.account_id
        and not exists (
            select from decided
            where decided.account_id = old.account_id
                and decided.contract_id = old.contract_id
                and decided.renewal_on = old.renewal_on)
)
insert into hale_data.renewal_decision as old (account_id, contract_id, renewal_on, decided_on, outcome, source)
select account_id, contract_id, renewal_on, decided_on, outcome, source
from decided
on conflict (account_id, contract_id, renewal_on) do update
set decided_on = excluded.decided_on, outcome = excluded.outcome, source = excluded.source
where (excluded.decided_on, excluded.outcome, excluded.source) is distinct from (old.decided_on, old.outcome, old.source)
