-- Purpose: forgets what was told of alerts that are over. Grain: one row per outbox row.
-- Parameters: $1 days since then, $2 the most rows (integer).
delete from hale_data.outbox as told
where told.outbox_id in (
    select old.outbox_id
    from hale_data.outbox as old
    where old.flushed_at < now() - $1::integer * interval '1 day'
        and not exists (
            select from hale_data.alert as alert
            where alert.account_id = old.account_id and alert.alert_id = old.alert_id
                and alert.state in ('pending', 'firing'))
    order by old.outbox_id
    limit $2::integer
)
