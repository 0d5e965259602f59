-- Purpose: everything a score of a day is computed from, except the portfolio figures.
-- Grain: one row per account, in order of account_id.
-- Parameters: $1 as of (date; facts before this day), $2 first day of the usage series (date),
--   $3 account ids (bigint[]; null = all), $4 hash of the model whose stored days are continued (text).
-- not null: account_id, external_id, has_usage, months, events, quantity, people, named_events, active_people_28d,
-- not null: key_features_used_28d, has_champion, champion_months, champion_masks,
-- not null: champion_contacts, nps_scores, nps_roles,
-- not null: nps_ages, open_p1, open_p2, open_p3, contract_ids, contract_names, contract_arr,
-- not null: contract_renews_on, contract_evergreen,
-- not null: contract_notice_days, contract_auto_renew, contract_notice_given, contract_signed, contract_live
with
parameters as (
    select $1::date as as_of, $2::date as first_day, hale_data.day_start($1::date) as as_of_start,
        hale_data.reporting_currency() as currency
),
account as (
    select account.*
    from hale_data.account as account
    where $3::bigint[] is null or account.account_id = any ($3::bigint[])
),
contract as materialized (
    select contract.*
    from hale_data.contract_on($1::date) as contract
),
first_start as (
    select account_id, min(starts_on) as starts_on, sum(seats) filter (where is_live) as seats
    from contract
    group by account_id
),
usage as (
    select
        month.account_id,
        array_agg(month.month order by month.month) as months,
        hale_data.array_concat(month.events order by month.month) as events,
        hale_data.array_concat(month.quantity order by month.month) as quantity,
        hale_data.array_concat(month.people order by month.month) as people,
        hale_data.array_concat(month.named_events order by month.month) as named_events
    from hale_data.usage_month as month
    cross join parameters
    where month.month >= date_trunc('month', parameters.first_day)::date
        and month.month < parameters.as_of
    group by month.account_id
),
first_usage as (
    select
        month.account_id,
        min(hale_data.first_active_day(month.month, month.active_days, parameters.as_of)) as day
    from hale_data.usage_month as month
    cross join parameters
    where month.month < parameters.as_of
    group by month.account_id
),
active_people as (
    select person.account_id, count(distinct person.person_id)::integer as people
    from hale_data.person_month as person
    cross join parameters
    where person.month >= date_trunc('month', parameters.as_of - 28)::date
        and person.month < parameters.as_of
        and person.active_days & hale_data.days_mask(person.month, parameters.as_of - 28, parameters.as_of) <> 0
    group by person.account_id
),
features_used as (
    select used.account_id, count(distinct used.feature_id)::integer as features
    from hale_data.feature_month as used
    cross join parameters
    where used.feature_id in (select key.feature_id from hale_data.key_feature_on($1::date) as key)
        and used.month >= date_trunc('month', parameters.as_of - 28)::date
        and used.month < parameters.as_of
        and used.active_days & hale_data.days_mask(used.month, parameters.as_of - 28, parameters.as_of) <> 0
    group by used.account_id
),
champion as (
    select
        person.account_id,
        person.person_id,
        coalesce(person.left_on < parameters.as_of, false) as has_left,
        usage.months,
        usage.masks,
        contact.days,
        greatest(usage.last_day, contact.last_day) as last_day
    from hale_data.person as person
    cross join parameters
    left join lateral (
        select
            array_agg(month.month order by month.month) as months,
            array_agg(
                month.active_days & hale_data.days_mask(month.month, parameters.first_day, parameters.as_of)
                order by month.month) as masks,
            max(hale_data.last_active_day(month.month, month.active_days, parameters.as_of)) as last_day
        from hale_data.person_month as month
        where month.account_id = person.account_id
            and month.person_id = person.person_id
            and month.month >= date_trunc('month', parameters.first_day)::date
            and month.month < parameters.as_of
    ) as usage on true
    left join lateral (
        select
            array_agg(distinct hale_data.day_of(touchpoint.occurred_at)) as days,
            hale_data.day_of(max(touchpoint.occurred_at)) as last_day
        from hale_data.touchpoint as touchpoint
        where touchpoint.account_id = person.account_id
            and touchpoint.person_id = person.person_id
            and touchpoint.kind in ('reply', 'meeting', 'call')
            and touchpoint.occurred_at >= hale_data.day_start(parameters.first_day)
            and touchpoint.occurred_at < parameters.as_of_start
    ) as contact on true
    where person.role = 'champion'
),
champions_left as (
    select account_id, bool_and(has_left) as all_left
    from champion
    group by account_id
),
chosen_champion as (
    select distinct on (account_id) account_id, months, masks, days
    from champion
    where not has_left
    order by account_id, last_day desc nulls last, person_id
),
latest_response as (
    select distinct on (response.account_id, coalesce(response.person_id::text, response.response_key))
        response.account_id,
        response.score,
        coalesce(person.role, 'unknown') as role,
        $1::date - hale_data.day_of(response.responded_at) as age_days
    from hale_data.nps_response as response
    cross join parameters
    left join hale_data.person as person
        on person.account_id = response.account_id and person.person_id = response.person_id
    where response.responded_at < parameters.as_of_start
        and response.responded_at >= hale_data.day_start(parameters.as_of - 730)
    order by response.account_id, coalesce(response.person_id::text, response.response_key),
        response.responded_at desc, response.response_key desc
),
nps as (
    select
        account_id,
        array_agg(score::integer order by age_days, score, role) as scores,
        array_agg(role order by age_days, score, role) as roles,
        array_agg(age_days order by age_days, score, role) as ages
    from latest_response
    group by account_id
),
open_tickets as (
    select
        ticket.account_id,
        (count(*) filter (where ticket.priority = 1))::integer as p1,
        (count(*) filter (where ticket.priority = 2))::integer as p2,
        (count(*) filter (where ticket.priority = 3))::integer as p3
    from hale_data.ticket as ticket
    cross join parameters
    where ticket.opened_at < parameters.as_of_start
        and (ticket.closed_at is null or ticket.closed_at >= parameters.as_of_start)
    group by ticket.account_id
),
overdue as (
    select
        invoice.account_id,
        coalesce(
            $1::date - min(invoice.due_on) filter (where invoice.paid_on is null or invoice.paid_on >= $1::date),
            0) as days
    from hale_data.invoice as invoice
    where invoice.due_on < $1::date
    group by invoice.account_id
),
open_contracts as (
    select
        contract.account_id,
        array_agg(contract.contract_id order by contract.contract_id) as ids,
        array_agg(known.external_id order by contract.contract_id) as names,
        array_agg(
            hale_data.in_reporting_currency(
                contract.arr_minor, contract.currency, parameters.currency, parameters.as_of)
            order by contract.contract_id) as arr,
        array_agg(contract.renews_on order by contract.contract_id) as renews_on,
        array_agg(contract.is_evergreen order by contract.contract_id) as evergreen,
        array_agg(contract.notice_days order by contract.contract_id) as notice_days,
        array_agg(contract.auto_renew order by contract.contract_id) as auto_renew,
        array_agg(contract.notice_given order by contract.contract_id) as notice_given,
        array_agg(contract.signed order by contract.contract_id) as signed,
        array_agg(contract.is_live order by contract.contract_id) as live
    from contract
    join hale_data.contract as known
        on known.account_id = contract.account_id and known.contract_id = contract.contract_id
    cross join parameters
    where contract.is_open
    group by contract.account_id
)
select
    account.account_id,
    account.external_id,
    account.segment,
    account.country,
    coalesce(least(account.created_on, first_start.starts_on), first_usage.day) as started_on,
    first_usage.day is not null as has_usage,
    coalesce(usage.months, '{}') as months,
    coalesce(usage.events, '{}') as events,
    coalesce(usage.quantity, '{}') as quantity,
    coalesce(usage.people, '{}') as people,
    coalesce(usage.named_events, '{}') as named_events,
    coalesce(active_people.people, 0) as active_people_28d,
    coalesce(features_used.features, 0) as key_features_used_28d,
    first_start.seats::integer as seats,
    champions_left.account_id is not null as has_champion,
    champions_left.all_left,
    coalesce(chosen_champion.months, '{}') as champion_months,
    coalesce(chosen_champion.masks, '{}') as champion_masks,
    coalesce(chosen_champion.days, '{}') as champion_contacts,
    coalesce(nps.scores, '{}') as nps_scores,
    coalesce(nps.roles, '{}') as nps_roles,
    coalesce(nps.ages, '{}') as nps_ages,
    coalesce(open_tickets.p1, 0) as open_p1,
    coalesce(open_tickets.p2, 0) as open_p2,
    coalesce(open_tickets.p3, 0) as open_p3,
    overdue.days as overdue_days,
    coalesce(open_contracts.ids, '{}') as contract_ids,
    coalesce(open_contracts.names, '{}') as contract_names,
    coalesce(open_contracts.arr, '{}') as contract_arr,
    coalesce(open_contracts.renews_on, '{}') as contract_renews_on,
    coalesce(open_contracts.evergreen, '{}') as contract_evergreen,
    coalesce(open_contracts.notice_days, '{}') as contract_notice_days,
    coalesce(open_contracts.auto_renew, '{}') as contract_auto_renew,
    coalesce(open_contracts.notice_given, '{}') as contract_notice_given,
    coalesce(open_contracts.signed, '{}') as contract_signed,
    coalesce(open_contracts.live, '{}') as contract_live,
    previous.day as previous_day,
    previous.smoothed_score, previous.smoothed_baseline, previous.smoothed_clip, previous.smoothed_points,
    previous.computed_band, previous.days_in_band, previous.days_on_other_side, previous.runs_below,
    previous.cliff_since, previous.decline_since, previous.rise_since, previous.champion_left_since,
    previous.detractor_since
from account
left join first_start on first_start.account_id = account.account_id
left join usage on usage.account_id = account.account_id
left join first_usage on first_usage.account_id = account.account_id
left join active_people on active_people.account_id = account.account_id
left join features_used on features_used.account_id = account.account_id
left join champions_left on champions_left.account_id = account.account_id
left join chosen_champion on chosen_champion.account_id = account.account_id
left join nps on nps.account_id = account.account_id
left join open_tickets on open_tickets.account_id = account.account_id
left join overdue on overdue.account_id = account.account_id
left join open_contracts on open_contracts.account_id = account.account_id
left join hale_data.health_score as previous
    on previous.account_id = account.account_id
    and previous.model_hash = $4::text
    and previous.day = (
        select max(run.day)
        from hale_data.score_run as run
        where run.finished_at is not null and run.model_hash = $4::text and run.day < $1::date
    )
order by account.account_id
