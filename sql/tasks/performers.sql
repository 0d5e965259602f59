-- Purpose: the CSMs among whom tasks are given out, with what they have to do.
-- Grain: one row per CSM, in order of e-mail. No parameters.
-- not null: csm_id, email, capacity_minutes, open_minutes
select
    csm.csm_id, csm.email, csm.role, csm.capacity_minutes, coalesce(load.minutes, 0) as open_minutes
from hale_data.csm as csm
left join (
    select coalesce(task.assignee_id, account.csm_id) as csm_id, sum(task.minutes) as minutes
    from hale_data.task as task
    join hale_data.account as account on account.account_id = task.account_id
    where task.closed_on is null and not task.is_held_out
    group by coalesce(task.assignee_id, account.csm_id)
) as load on load.csm_id = csm.csm_id
order by csm.email
