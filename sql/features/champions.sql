-- Purpose: the people who are champions, and the days on which they replied or met us.
-- Grain: one row per champion and contact, at least one per champion, in order of account_id and person_id.
-- Parameters: $1 as of (date), $2 first, $3 last account, $4 account ids (bigint[]; null = all of the range), $5
--   first day asked for (date).
-- not null: account_id, person_id
select
    champion.account_id,
    champion.person_id,
    champion.left_on,
    (contact.occurred_at at time zone (select hale_data.time_zone()))::date as contact_on
from hale_data.person as champion
left join hale_data.touchpoint as contact
    on contact.account_id = champion.account_id
    and contact.person_id = champion.person_id
    and contact.kind in ('reply', 'meeting', 'call')
    and contact.occurred_at >= (select hale_data.day_start($5::date))
    and contact.occurred_at < (select hale_data.day_start($1::date))
    and contact.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or contact.account_id = any ($4::bigint[]))
where champion.role = 'champion'
    and champion.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or champion.account_id = any ($4::bigint[]))
order by champion.account_id, champion.person_id
