-- Purpose: the tasks of accounts that somebody changed last, as far as that can be taken back; of one change of several
--   tasks all of them.
-- Grain: one row per task. Parameters: $1 accounts by id (text[]).
-- not null: external_id, task_id
select distinct change.external_id, change.task_id
from (
    select
        account.external_id, event.task_id, event.kind, event.recorded_at,
        first_value(event.kind) over newest as last_kind, first_value(event.recorded_at) over newest as last_at
    from hale_data.account as account
    join hale_data.task_event as event on event.account_id = account.account_id
    where account.external_id = any ($1::text[])
        and event.former is not null and event.undone_by is null
        and event.kind in ('done', 'snoozed', 'assigned', 'dropped')
    window newest as (partition by account.account_id order by event.event_id desc)
) as change
where change.kind = change.last_kind and change.recorded_at = change.last_at
order by change.task_id
