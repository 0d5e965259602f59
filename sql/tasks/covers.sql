-- Purpose: who looks after the accounts that have a cover within some days, on each of the days.
-- Grain: one row per such account and day, in this order. Parameters: $1 days (date[]).
-- not null: account_id, day, capacity_minutes
select
    covered.account_id, asked.day, responsible.email as csm,
    coalesce(responsible.capacity_minutes, 240) as capacity_minutes, responsible.covered, responsible.covered_until
from (
    select distinct cover.account_id
    from hale_data.account_cover as cover
    where cover.starts_on <= any ($1::date[]) and cover.until_on >= any ($1::date[])
) as covered
cross join unnest($1::date[]) as asked (day)
left join lateral (
    select owner.*
    from hale_data.responsible_csm_on(asked.day) as owner
    where owner.account_id = covered.account_id
    offset 0
) as responsible on true
order by covered.account_id, asked.day
