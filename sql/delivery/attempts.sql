-- Purpose: the newest attempts, of a receiver or a delivery or all.
-- Grain: one row per attempt, the newest first. Parameters: $1 receiver or null (text), $2 delivery or null (bigint),
--   $3 the most rows (integer).
-- not null: delivery_id, number, receiver, started_at, phase
select
    attempt.delivery_id, attempt.number, receiver.name as receiver,
    to_char(attempt.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as started_at,
    attempt.duration_ms, attempt.address, attempt.phase, attempt.status, attempt.response, attempt.error,
    attempt.code,
    to_char(attempt.next_attempt_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as next_attempt_at,
    coalesce(open_.webhook_id, kept.webhook_id) as webhook_id,
    coalesce(open_.state, case when kept.delivery_id is not null then 'delivered' end) as state
from hale_data.delivery_attempt as attempt
join hale_data.receiver as receiver on receiver.receiver_id = attempt.receiver_id
left join hale_data.delivery as open_ on open_.delivery_id = attempt.delivery_id
left join hale_data.delivery_archive as kept on kept.delivery_id = attempt.delivery_id
where ($1::text is null or receiver.name = $1::text)
    and ($2::bigint is null or attempt.delivery_id = $2::bigint)
order by attempt.started_at desc, attempt.delivery_id desc, attempt.number desc
limit $3::integer
