-- Purpose: what people said and did about accounts on some days: notes, answers, tickets, contacts, and what was said
--   of contracts.
-- Grain: one row per note, answer, ticket, contact and word about a contract, in order of account and time.
-- Parameters: $1 the last day (date), $2 the first day (date), $3 the CSM's e-mail (text; null = all).
-- Asked account by account: those of a CSM are few, and what was said is found by account.
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
)
select asked.external_id as account_id, asked.name, word.kind, hale_data.day_of(word.said_at) as day,
    coalesce(word.person, person.name, replace(nullif(person.role, 'unknown'), '_', ' ')) as person, word.score,
    word.words
from asked
cross join lateral (
    select 'note' as kind, note.noted_at as said_at, note.noted_by as person, null::bigint as person_id,
        null::integer as score, note.note as words
    from hale_data.account_note as note
    where note.account_id = asked.account_id
        and note.noted_at >= (select span.first from span) and note.noted_at < (select span.before from span)
    union all
    select 'answer', response.responded_at, null, response.person_id, response.score, response.comment
    from hale_data.nps_response as response
    where response.account_id = asked.account_id and response.responded_at >= (select span.first from span)
        and response.responded_at < (select span.before from span)
    union all
    select 'ticket', ticket.opened_at, null, null, ticket.priority, ticket.subject
    from hale_data.ticket as ticket
    where ticket.account_id = asked.account_id
        and ticket.opened_at >= (select span.first from span) and ticket.opened_at < (select span.before from span)
    union all
    select coalesce(touchpoint.kind, 'contact'), touchpoint.occurred_at, null, touchpoint.person_id, null,
        touchpoint.note
    from hale_data.touchpoint as touchpoint
    where touchpoint.account_id = asked.account_id and touchpoint.occurred_at >= (select span.first from span)
        and touchpoint.occurred_at < (select span.before from span)
    union all
    select said.kind, hale_data.day_start(said.day), null, null, null, null
    from (
        select distinct version.contract_id, event.kind, event.day
        from hale_data.contract_version as version
        cross join lateral (
            values
                ('notice', version.notice_given_on), ('renewed', version.renewal_signed_on),
                (version.outcome, version.decided_on), ('lost', version.cancelled_on)
        ) as event (kind, day)
        where version.account_id = asked.account_id and event.kind is not null
            and event.day >= $2::date and event.day <= $1::date
    ) as said
    offset 0
) as word
left join hale_data.person as person
    on person.account_id = asked.account_id and person.person_id = word.person_id
order by asked.external_id, word.said_at, word.kind
