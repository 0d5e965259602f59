-- Purpose: when champions of whom nothing was seen lately were seen last: in usage, or in a reply, a meeting or a call.
-- Grain: one row per champion seen before a day, in order of account_id and person_id.
-- Parameters: $1 as of (date), $2 account ids (bigint[]), $3 ids of their champions (bigint[]).
-- not null: account_id, person_id, last_day
select champion.account_id, champion.person_id, greatest(used.day, met.day) as last_day
from hale_data.person as champion
left join lateral (
    select max(hale_data.last_active_day(month.month, month.active_days, $1::date)) as day
    from hale_data.person_month as month
    where month.account_id = champion.account_id
        and month.person_id = champion.person_id
        and month.month < $1::date
) as used on true
left join lateral (
    select hale_data.day_of(max(contact.occurred_at)) as day
    from hale_data.touchpoint as contact
    where contact.account_id = champion.account_id
        and contact.person_id = champion.person_id
        and contact.kind in ('reply', 'meeting', 'call')
        and contact.occurred_at < (select hale_data.day_start($1::date))
) as met on true
where champion.account_id = any ($2::bigint[])
    and champion.person_id = any ($3::bigint[])
    and greatest(used.day, met.day) is not null
order by champion.account_id, champion.person_id
