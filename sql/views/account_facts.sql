-- Purpose: the facts of accounts on a day as they are computed from what is known now. What the worst contract and the
--   NPS come to is for the account's model to say; the shares of promoters and detractors that stand in for missing
--   answers are those of the whole portfolio as that model tells them apart, as in its scores.
-- Grain: one row per account, all or those of the second parameter. Money in minor units of the reporting currency;
--   null where an amount of it has no exchange rate on the day, which arr_note says.
create or replace function hale_data.account_facts_computed_on(as_of date, accounts bigint[] default null)
returns table (
    account_key bigint, account_id text, name text, segment text, lifecycle_stage text, csm text, arr_minor bigint,
    currency text, seats bigint, live_contracts integer, renews_on date, days_to_renewal integer,
    contract_state text, events_28d bigint, quantity_28d bigint, prior_events_28d bigint, active_days_28d integer,
    active_people_28d integer, last_active_on date, nps double precision, nps_estimate double precision,
    nps_estimate_low_90 double precision, nps_estimate_high_90 double precision, nps_responses integer,
    open_tickets integer, arr_note text, covered_csm text, covered_until date,
    age_days integer)
language sql stable as
$$
    with
    parameters as materialized (
        select as_of as today, hale_data.day_start(as_of) as today_start, hale_data.reporting_currency() as currency
    ),
    model as materialized (
        select model.* from hale_data.model_on(as_of) as model
    ),
    other as materialized (
        select other.account_id, other.number from hale_data.account_model_on(as_of) as other
    ),
    contract as materialized (
        select
            contract.*, contract.renews_on - as_of as days, coalesce(other.number, 1) as model_number
        from hale_data.contract_on(as_of) as contract
        left join other on other.account_id = contract.account_id
        where contract.is_open and (accounts is null or contract.account_id = any (accounts))
    ),
    contracts as (
        select
            contract.account_id,
            coalesce(sum(amount.minor) filter (where contract.is_live), 0)::bigint as arr_minor,
            array_agg(contract.currency) filter (where contract.is_live and amount.minor is null) as without_rate,
            sum(contract.seats) filter (where contract.is_live) as seats,
            (count(*) filter (where contract.is_live))::integer as live,
            min(contract.renews_on) filter (where contract.is_live) as renews_on
        from contract
        cross join parameters
        cross join lateral (
            select case
                when contract.currency = parameters.currency then contract.arr_minor
                else hale_data.in_reporting_currency(
                    contract.arr_minor, contract.currency, parameters.currency, as_of)
            end as minor
            offset 0
        ) as amount
        group by contract.account_id
    ),
    -- The state of the contract that stands worst, as the contract driver takes it.
    worst as (
        select distinct on (contract.account_id) contract.account_id, standing.state
        from contract
        join model on model.number = contract.model_number
        cross join lateral (
            select hale_data.contract_state(
                contract.is_evergreen, contract.days, contract.notice_days, contract.auto_renew,
                contract.notice_given, contract.signed, model.lapsed_days) as state
        ) as standing
        order by
            contract.account_id,
            case standing.state
                when 'notice_given' then 0
                when 'past_due' then model.past_due_value * greatest(0, 1 + contract.days / model.past_due_days)
                when 'lapsed' then model.past_due_value * greatest(0, 1 + contract.days / model.past_due_days)
                when 'window_open_unsigned' then model.window_open_value
                when 'running' then model.contract_reference
                when 'evergreen' then model.contract_reference
                else 1
            end,
            contract.arr_minor desc,
            contract.contract_id
    ),
    usage as (
        select
            month.account_id,
            sum(latest.events)::bigint as events_28d,
            sum(latest.quantity)::bigint as quantity_28d,
            sum(prior.events)::bigint as prior_events_28d,
            sum(latest.active_days)::integer as active_days_28d
        from hale_data.usage_month as month
        -- Only the days of a window are taken apart, each month on its own: a row per day would be grouped again.
        cross join lateral (
            select
                sum(day.events) as events, sum(day.quantity) as quantity,
                count(*) filter (where day.events > 0) as active_days
            from unnest(
                month.events[greatest(1, as_of - 27 - month.month):as_of - month.month],
                month.quantity[greatest(1, as_of - 27 - month.month):as_of - month.month]) as day (events, quantity)
        ) as latest
        cross join lateral (
            select sum(day.events) as events
            from unnest(month.events[greatest(1, as_of - 55 - month.month):as_of - 28 - month.month]) as day (events)
        ) as prior
        where month.month >= date_trunc('month', as_of - 56)::date and month.month < as_of
            and (accounts is null or month.account_id = any (accounts))
        group by month.account_id
    ),
    people as (
        select person.account_id, count(distinct person.person_id)::integer as active_people_28d
        from hale_data.person_month as person
        where person.month >= date_trunc('month', as_of - 28)::date and person.month < as_of
            and person.active_days & hale_data.days_mask(person.month, as_of - 28, as_of) <> 0
            and (accounts is null or person.account_id = any (accounts))
        group by person.account_id
    ),
    last_active as (
        select
            month.account_id,
            max(hale_data.last_active_day(month.month, month.active_days, as_of)) as last_active_on
        from hale_data.usage_month as month
        where month.month < as_of and (accounts is null or month.account_id = any (accounts))
        group by month.account_id
    ),
    latest as materialized (
        select
            latest.account_id, latest.score, latest.role, latest.age_days,
            coalesce(other.number, 1) as model_number
        from hale_data.latest_response_on(as_of) as latest
        left join other on other.account_id = latest.account_id
    ),
    given as materialized (
        select latest.score, count(*) as responses from latest group by latest.score
    ),
    share as materialized (
        select
            model.number, model.nps_prior_responses as prior_responses, model.nps_interval_deviations as deviations,
            case when counted.responses < model.nps_minimum_portfolio_responses then model.nps_prior_shares[1]
                else counted.promoters / counted.responses end::float8 as promoters,
            case when counted.responses < model.nps_minimum_portfolio_responses then model.nps_prior_shares[3]
                else counted.detractors / counted.responses end::float8 as detractors
        from model
        cross join lateral (
            select
                coalesce(sum(given.responses), 0) as responses,
                coalesce(sum(given.responses) filter (where given.score >= model.nps_promoter_score), 0) as promoters,
                coalesce(
                    sum(given.responses) filter (
                        where given.score < least(model.nps_passive_score, model.nps_promoter_score)), 0) as detractors
            from given
        ) as counted
    ),
    response as (
        select
            latest.account_id,
            latest.model_number,
            latest.score >= model.nps_promoter_score as promotes,
            latest.score < least(model.nps_passive_score, model.nps_promoter_score) as detracts,
            case latest.role
                when 'economic_buyer' then model.nps_economic_buyer_weight
                when 'champion' then model.nps_champion_weight
                when 'admin' then model.nps_admin_weight
                else model.nps_user_weight
            end * power(2::float8, -latest.age_days / model.nps_half_life_days) as weight
        from latest
        join model on model.number = latest.model_number
        where latest.age_days <= model.nps_maximum_age_days
            and (accounts is null or latest.account_id = any (accounts))
    ),
    answered as (
        select
            response.account_id,
            min(response.model_number) as model_number,
            count(*)::integer as responses,
            100::float8 * (count(*) filter (where response.promotes) - count(*) filter (where response.detracts))
                / count(*) as nps,
            sum(response.weight) as weight,
            coalesce(sum(response.weight) filter (where response.promotes), 0) as promoting,
            coalesce(sum(response.weight) filter (where response.detracts), 0) as detracting
        from response
        group by response.account_id
    ),
    -- Shares with some responses of the portfolio's kind added, three in a model that changes nothing.
    expected_share as (
        select
            answered.account_id, answered.responses, answered.nps, share.deviations,
            answered.weight + share.prior_responses as weight,
            (answered.promoting + share.prior_responses * share.promoters)
                / (answered.weight + share.prior_responses) as promoters,
            (answered.detracting + share.prior_responses * share.detractors)
                / (answered.weight + share.prior_responses) as detractors
        from answered
        join share on share.number = answered.model_number
    ),
    nps as (
        select
            expected.account_id, expected.responses, expected.nps,
            100 * (expected.promoters - expected.detractors) as estimate,
            100 * greatest(-1, expected.promoters - expected.detractors - margin.width) as low,
            100 * least(1, expected.promoters - expected.detractors + margin.width) as high
        from expected_share as expected
        cross join lateral (
            select expected.deviations * sqrt(greatest(
                0,
                expected.promoters + expected.detractors - (expected.promoters - expected.detractors) ^ 2
            ) / (expected.weight + 1)) as width
        ) as margin
    ),
    tickets as (
        select ticket.account_id, count(*)::integer as open_tickets
        from hale_data.ticket as ticket
        cross join parameters
        where ticket.opened_at < parameters.today_start
            and (ticket.closed_at is null or ticket.closed_at >= parameters.today_start)
            and (accounts is null or ticket.account_id = any (accounts))
        group by ticket.account_id
    )
    select
        account.account_id, account.external_id, account.name, account.segment, account.lifecycle_stage, csm.email,
        case when contracts.without_rate is null then coalesce(contracts.arr_minor, 0) end, parameters.currency,
        contracts.seats, coalesce(contracts.live, 0),
        contracts.renews_on, contracts.renews_on - as_of, coalesce(worst.state, 'no_contract'),
        coalesce(usage.events_28d, 0), coalesce(usage.quantity_28d, 0), coalesce(usage.prior_events_28d, 0),
        coalesce(usage.active_days_28d, 0), coalesce(people.active_people_28d, 0), last_active.last_active_on,
        nps.nps, nps.estimate, nps.low, nps.high, coalesce(nps.responses, 0), coalesce(tickets.open_tickets, 0),
        case
            when contracts.without_rate is not null
                then hale_data.money_note(contracts.without_rate, parameters.currency, as_of)
        end,
        csm.covered, csm.covered_until, traits.age_days
    from hale_data.account as account
    cross join parameters
    left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
    left join contracts on contracts.account_id = account.account_id
    left join worst on worst.account_id = account.account_id
    left join usage on usage.account_id = account.account_id
    left join people on people.account_id = account.account_id
    left join last_active on last_active.account_id = account.account_id
    left join nps on nps.account_id = account.account_id
    left join tickets on tickets.account_id = account.account_id
    left join hale_data.account_traits_on(as_of) as traits on traits.account_id = account.account_id
    where accounts is null or account.account_id = any (accounts)
$$;

-- Purpose: the scores of a day that keep the facts that they saw; those of older versions do not.
-- Grain: one row per account.
create or replace function hale_data.kept_score_on(as_of date)
returns setof hale_data.health_score
language sql stable as
$$
    select health.*
    from hale_data.health_score as health
    join hale_data.model as model on model.model_hash = health.model_hash
    where health.day = as_of and not model.is_beside
        and health.run_id in (select run.run_id from hale_data.score_run as run where run.finished_at is not null)
        and cardinality(health.facts) >= array_position(model.facts, 'nps')
$$;

-- Purpose: the facts that a scored day saw, as they were kept with the scores.
-- Grain: one row per account that has them.
create or replace function hale_data.account_facts_kept_on(as_of date)
returns table (
    account_key bigint, account_id text, name text, segment text, lifecycle_stage text, csm text, arr_minor bigint,
    currency text, seats bigint, live_contracts integer, renews_on date, days_to_renewal integer,
    contract_state text, events_28d bigint, quantity_28d bigint, prior_events_28d bigint, active_days_28d integer,
    active_people_28d integer, last_active_on date, nps double precision, nps_estimate double precision,
    nps_estimate_low_90 double precision, nps_estimate_high_90 double precision, nps_responses integer,
    open_tickets integer, arr_note text, covered_csm text, covered_until date,
    age_days integer)
language sql stable as
$$
    with
    reporting as materialized (select hale_data.reporting_currency() as currency),
    -- Where each fact stands in the array of a model's scores.
    model as materialized (
        select
            model.model_hash,
            array_position(model.facts, 'seats') as seats,
            array_position(model.facts, 'live_contracts') as live_contracts,
            array_position(model.facts, 'days_to_renewal') as days_to_renewal,
            array_position(model.facts, 'events_28d') as events,
            array_position(model.facts, 'quantity_28d') as quantity,
            array_position(model.facts, 'prior_events_28d') as prior_events,
            array_position(model.facts, 'active_days_28d') as active_days,
            array_position(model.facts, 'active_people_28d') as active_people,
            array_position(model.facts, 'days_since_active') as days_since_active,
            array_position(model.facts, 'nps') as nps,
            array_position(model.facts, 'nps_mean') as nps_estimate,
            array_position(model.facts, 'nps_low_90') as nps_low,
            array_position(model.facts, 'nps_high_90') as nps_high,
            array_position(model.facts, 'nps_responses') as nps_responses,
            array_position(model.facts, 'open_tickets') as open_tickets,
            array_position(model.facts, 'age_days') as age_days
        from hale_data.model as model
    )
    select
        account.account_id, account.external_id, account.name, account.segment, account.lifecycle_stage, csm.email,
        health.arr_minor, reporting.currency, health.facts[model.seats]::bigint,
        health.facts[model.live_contracts]::integer, as_of + health.facts[model.days_to_renewal]::integer,
        health.facts[model.days_to_renewal]::integer, health.contract_state, health.facts[model.events]::bigint,
        health.facts[model.quantity]::bigint, health.facts[model.prior_events]::bigint,
        health.facts[model.active_days]::integer, health.facts[model.active_people]::integer,
        as_of - health.facts[model.days_since_active]::integer, health.facts[model.nps],
        health.facts[model.nps_estimate], health.facts[model.nps_low], health.facts[model.nps_high],
        health.facts[model.nps_responses]::integer, health.facts[model.open_tickets]::integer, null::text,
        csm.covered, csm.covered_until, health.facts[model.age_days]::integer
    from hale_data.kept_score_on(as_of) as health
    join model on model.model_hash = health.model_hash
    cross join reporting
    join hale_data.account as account on account.account_id = health.account_id
    left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
$$;

-- Purpose: the facts of every account on a day: of a scored day those that it saw, so that lists, rules and
--   explanations say what was true then; of any other, and of accounts that a scored day has none of, those that are
--   known now.
-- Grain: one row per account.
create or replace function hale_data.account_facts_on(as_of date)
returns table (
    account_key bigint, account_id text, name text, segment text, lifecycle_stage text, csm text, arr_minor bigint,
    currency text, seats bigint, live_contracts integer, renews_on date, days_to_renewal integer,
    contract_state text, events_28d bigint, quantity_28d bigint, prior_events_28d bigint, active_days_28d integer,
    active_people_28d integer, last_active_on date, nps double precision, nps_estimate double precision,
    nps_estimate_low_90 double precision, nps_estimate_high_90 double precision, nps_responses integer,
    open_tickets integer, arr_note text, covered_csm text, covered_until date,
    age_days integer)
language plpgsql stable as
$$
declare
    accounts bigint := (select count(*) from hale_data.account as account);
    kept bigint := (select count(*) from hale_data.kept_score_on(as_of) as kept);
    others bigint[];
begin
    if kept > 0 then
        return query select kept.* from hale_data.account_facts_kept_on(as_of) as kept;
    end if;
    if kept < accounts then
        if kept > 0 then
            others := array(
                select account.account_id from hale_data.account as account
                except all
                select kept.account_id from hale_data.kept_score_on(as_of) as kept);
        end if;
        return query select computed.* from hale_data.account_facts_computed_on(as_of, others) as computed;
    end if;
end
$$;
