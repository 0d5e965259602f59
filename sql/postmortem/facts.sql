-- Purpose: what an account's facts told of its trouble in a range of days, with the day on which each was recorded.
-- Grain: one row per fact, in order of the day on which it was known. Parameters: $1 account (bigint), $2 first, $3
--   last
--   day (date). Who somebody is has no time of its own: who left is known from that day on, unless an import changed
--   it.
-- not null: happened_on, known_on, kind, detail
select fact.happened_on, greatest(fact.known_on, fact.happened_on) as known_on, fact.kind, fact.detail
from (
    select
        version.notice_given_on as happened_on, hale_data.day_of(min(version.recorded_at)) as known_on,
        'notice' as kind, 'notice of non-renewal' as detail
    from hale_data.contract_version as version
    where version.account_id = $1::bigint and version.notice_given_on is not null
    group by version.contract_id, version.notice_given_on
    union all
    select
        hale_data.day_of(response.responded_at), hale_data.day_of(response.recorded_at),
        case when response.score <= 6 then 'detractor' when response.score >= 9 then 'promoter' else 'passive' end,
        'NPS ' || response.score || coalesce(' of a person in the role ' || person.role, ', nobody named')
    from hale_data.nps_response as response
    left join hale_data.person as person
        on person.account_id = response.account_id and person.person_id = response.person_id
    where response.account_id = $1::bigint
    union all
    select
        hale_data.day_of(ticket.opened_at), hale_data.day_of(ticket.recorded_at), 'ticket',
        'p' || ticket.priority || coalesce(': ' || ticket.subject, '')
            || coalesce(', closed on ' || hale_data.day_of(ticket.closed_at), ', still open')
    from hale_data.ticket as ticket
    where ticket.account_id = $1::bigint and ticket.priority <= 2
    union all
    select
        invoice.due_on + 30, hale_data.day_of(invoice.recorded_at), 'invoice',
        'due on ' || invoice.due_on || ', 30 days overdue, '
            || coalesce('paid on ' || invoice.paid_on, 'never paid')
    from hale_data.invoice as invoice
    where invoice.account_id = $1::bigint and (invoice.paid_on is null or invoice.paid_on > invoice.due_on + 30)
    union all
    select
        person.left_on,
        case
            when exists (
                select from hale_data.import_change as change
                where change.table_name = 'person'
                    and (change.before ->> 'account_id')::bigint = person.account_id
                    and (change.before ->> 'person_id')::bigint = person.person_id
                    and change.before ->> 'left_on' is null)
                then hale_data.day_of(person.recorded_at)
            else person.left_on
        end,
        'left', 'a person in the role ' || person.role || ' left'
    from hale_data.person as person
    where person.account_id = $1::bigint and person.left_on is not null
        and person.role in ('champion', 'economic_buyer')
) as fact
where fact.happened_on between $2::date and $3::date
order by greatest(fact.known_on, fact.happened_on), fact.happened_on, fact.kind, fact.detail
