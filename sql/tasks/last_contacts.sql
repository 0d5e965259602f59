-- Purpose: the last day on which one of us was in touch with accounts.
-- Grain: one row per account with such a day. Parameters: $1 the last day (date), $2 account keys (bigint[]), $3 the
--   kinds of contact that count (text[]), $4 how many days back (integer).
-- not null: account_id, contact_on
with
span as materialized (
    select hale_data.day_start($1::date - $4::integer) as first, hale_data.day_start($1::date + 1) as before
)
select asked.account_id, hale_data.day_of(max(touchpoint.occurred_at)) as contact_on
from unnest($2::bigint[]) as asked (account_id)
join hale_data.touchpoint as touchpoint on touchpoint.account_id = asked.account_id
where touchpoint.kind = any ($3::text[])
    and touchpoint.occurred_at >= (select span.first from span)
    and touchpoint.occurred_at < (select span.before from span)
group by asked.account_id
