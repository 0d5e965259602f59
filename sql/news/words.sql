-- Purpose: what people said and did about accounts on some days: notes, answers, tickets, contacts, and what was said
--   of contracts.
-- Grain: one row per note, answer, ticket, contact and word about a contract, in order of account and time.
-- Parameters: $1 the last day (date), $2 the first day (date), $3 the CSM's e-mail (text; null = all).
-- not null: account_id, name, kind, day
with
asked as (
    select account.account_id, account.external_id, account.name
    from hale_data.account as account
    left join hale_data.responsible_csm_on($1::date) as csm on csm.account_id = account.account_id
    where $3::text is null or csm.email = lower($3::text)
),
span as materialized (
    select hale_data.day_start($2::date) as first, hale_data.day_start($1::date + 1) as before
),
word as (
    select note.account_id, 'note' as kind, note.noted_at as said_at, note.noted_by as person, null::integer as score,
        note.note as words
    from hale_data.account_note as note
    join span on note.noted_at >= span.first and note.noted_at < span.before
    union all
    select response.account_id, 'answer', response.responded_at, coalesce(person.name, replace(nullif(person.role, 'unknown'), '_', ' ')), response.score,
        response.comment
    from hale_data.nps_response as response
    join span on response.responded_at >= span.first and response.responded_at < span.before
    left join hale_data.person as person
        on person.account_id = response.account_id and person.person_id = response.person_id
    union all
    select ticket.account_id, 'ticket', ticket.opened_at, null, ticket.priority, ticket.subject
    from hale_data.ticket as ticket
    join span on ticket.opened_at >= span.first and ticket.opened_at < span.before
    union all
    select touchpoint.account_id, coalesce(touchpoint.kind, 'contact'), touchpoint.occurred_at,
        coalesce(person.name, replace(nullif(person.role, 'unknown'), '_', ' ')), null, touchpoint.note
    from hale_data.touchpoint as touchpoint
    join span on touchpoint.occurred_at >= span.first and touchpoint.occurred_at < span.before
    left join hale_data.person as person
        on person.account_id = touchpoint.account_id and person.person_id = touchpoint.person_id
    union all
    select said.account_id, said.kind, hale_data.day_start(said.day), null, null, null
    from (
        select distinct version.account_id, version.contract_id, event.kind, event.day
        from hale_data.contract_version as version
        cross join lateral (
            values
                ('notice', version.notice_given_on), ('renewed', version.renewal_signed_on),
                (version.outcome, version.decided_on), ('lost', version.cancelled_on)
        ) as event (kind, day)
        where event.kind is not null and event.day >= $2::date and event.day <= $1::date
    ) as said
)
select asked.external_id as account_id, asked.name, word.kind, hale_data.day_of(word.said_at) as day, word.person,
    word.score, word.words
from word
join asked on asked.account_id = word.account_id
order by asked.external_id, word.said_at, word.kind
