-- Purpose: forgets messages that were given up long ago. Grain: one row per delivery.
-- Parameters: $1 days since then, $2 the most rows (integer).
delete from hale_data.delivery as delivery
where delivery.delivery_id in (
    select dead.delivery_id
    from hale_data.delivery as dead
    where dead.state = 'dead' and dead.finished_at < now() - $1::integer * interval '1 day'
    order by dead.delivery_id
    limit $2::integer
)
