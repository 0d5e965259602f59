-- Purpose: the people who are champions, and the days on which they used the product, replied or met us.
-- Grain: one row per champion and month of usage or day of contact, at least one per champion, in order of
--   account_id and person_id; bit k of days is set when day first_day + k counts.
-- Parameters: $1 as of (date), $2 first, $3 last account, $4 account ids (bigint[]; null = all of the range), $5
--   first day asked for (date).
-- not null: account_id, person_id, has_left
select champion.account_id, champion.person_id, coalesce(champion.left_on < $1::date, false) as has_left,
    seen.first_day, seen.days
from hale_data.person as champion
-- Looked up for each champion, whose rows are a few: joining everybody's took four times as long (2.0 s, 100,000
-- accounts of 10 people).
left join lateral (
    select month.month as first_day, month.active_days & hale_data.days_mask(month.month, month.month, $1::date) as days
    from hale_data.person_month as month
    where month.account_id = champion.account_id
        and month.person_id = champion.person_id
        and month.month >= date_trunc('month', $5::date::timestamp)::date and month.month < $1::date
    union all
    select (contact.occurred_at at time zone (select hale_data.time_zone()))::date, 1
    from hale_data.touchpoint as contact
    where contact.account_id = champion.account_id
        and contact.person_id = champion.person_id
        and contact.kind in ('reply', 'meeting', 'call')
        and contact.occurred_at >= (select hale_data.day_start($5::date))
        and contact.occurred_at < (select hale_data.day_start($1::date))
) as seen on true
where champion.role = 'champion'
    and champion.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or champion.account_id = any ($4::bigint[]))
order by champion.account_id, champion.person_id
