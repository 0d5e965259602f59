-- What changed since a day was scored, and the contracts of some accounts only.
-- Why: a run that recomputes the changed accounts must not miss a change that was committed while it ran, so a change
--   carries its transaction and a run the snapshot it read; and a condition on the account must reach the tables
--   behind contract_on, which it could not while that function kept its rows aside.

alter table hale_data.score_run add column snapshot pg_snapshot;
comment on column hale_data.score_run.snapshot is 'what the run saw: changes by later transactions are not in it';
alter table hale_data.portfolio_day
    add column key_feature_ids bigint[] not null default '{}',
    add column decided_segments text[],
    add column decided_renewed integer[],
    add column decided_renewals integer[];
comment on column hale_data.portfolio_day.decided_segments is
    'segments with decided renewals; decided_renewed and decided_renewals count them, in the same order';

create table hale_data.account_change (
    account_id bigint primary key,
    changed_by xid8 not null
);
comment on table hale_data.account_change is
    'local: the newest transaction that changed facts of an account, one row per account';

create table hale_data.common_change (
    what text primary key,
    changed_by xid8 not null
);
comment on table hale_data.common_change is
    'local: the newest transaction that changed what every score depends on, one row per kind of fact or setting';

-- The reporting currency: the setting, else the only currency of the contracts; null when there is no contract.
-- Asked for by every command that shows money: the index answers it without counting the contracts.
create index contract_version_currency on hale_data.contract_version (currency);
create or replace function hale_data.reporting_currency() returns text
language sql stable as
$$
    select coalesce(
        (select value from hale_data.setting where name = 'reporting_currency'),
        (
            select case when least.currency = greatest.currency then least.currency end
            from (select min(currency) as currency from hale_data.contract_version) as least
            cross join (select max(currency) as currency from hale_data.contract_version) as greatest
        ))
$$;

-- Grain: one row per contract whose terms were known on the day. A condition on account_id reaches the tables: each
-- lateral step is computed once per contract, and the fence of its offset keeps that to the step.
create or replace function hale_data.contract_on(as_of date, known_at timestamptz default 'infinity')
returns table (
    account_id bigint, contract_id bigint, product text, arr_minor bigint, currency text, seats integer,
    starts_on date, ends_on date, term_months integer, auto_renew boolean, notice_days integer,
    notice_given boolean, signed boolean, is_evergreen boolean, renews_on date, decision_on date,
    is_live boolean, is_open boolean, is_decided boolean)
language sql stable as
$$
    select
        terms.account_id, terms.contract_id, terms.product, terms.arr_minor, terms.currency, terms.seats,
        terms.starts_on, terms.ends_on, terms.term_months, terms.auto_renew, ending.notice,
        ending.has_notice,
        coalesce(
            terms.renewal_signed_on <= as_of
            and terms.renewal_signed_on > case
                when terms.term_months is null then terms.starts_on
                else greatest(
                    terms.starts_on, (dated.renewal - make_interval(months => terms.term_months))::date)
            end, false),
        terms.ends_on is null and terms.term_months is null,
        dated.renewal,
        dated.renewal - ending.notice,
        dated.live,
        dated.live or (
            terms.starts_on <= as_of and not ending.is_cancelled
            and ending.term_end >= as_of - 90 and not ended.was_decided),
        ended.was_decided
    from hale_data.contract_terms_on(as_of, known_at) as terms
    -- A notice ends the term in which it was given; terms that had renewed before it stay.
    cross join lateral (
        select
            coalesce(terms.notice_given_on <= as_of, false) as has_notice,
            coalesce(terms.cancelled_on <= as_of, false) as is_cancelled,
            coalesce(terms.notice_days, case when terms.term_months < 3 then 0 else 30 end) as notice,
            case
                when terms.auto_renew and terms.notice_given_on <= as_of then hale_data.renewal_date(
                    terms.starts_on, terms.ends_on, terms.term_months, true, terms.notice_given_on)
                else terms.ends_on
            end as term_end
        offset 0
    ) as ending
    cross join lateral (
        select
            hale_data.renewal_date(
                terms.starts_on, ending.term_end, terms.term_months,
                terms.auto_renew and not ending.has_notice, as_of) as renewal,
            terms.starts_on <= as_of and not ending.is_cancelled
                and (
                    ending.term_end is null or ending.term_end > as_of
                    or (terms.auto_renew and not ending.has_notice)) as live
        offset 0
    ) as dated
    -- A term that ended without renewing itself: was it decided, or followed by another contract?
    cross join lateral (
        select coalesce(
            not dated.live and ending.term_end <= as_of
            and exists (
                select from hale_data.renewal_decision as decision
                where decision.account_id = terms.account_id
                    and decision.contract_id = terms.contract_id
                    and decision.renewal_on = ending.term_end
                    and decision.decided_on <= as_of
            ), false) as was_decided
        offset 0
    ) as ended
$$;
