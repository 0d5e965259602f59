-- Purpose: the CSMs among whom tasks are given out on a day, with what they have to do. Who is absent gets none:
--   another covers every account that is theirs.
-- Grain: one row per CSM who is there, in order of e-mail. Parameters: $1 day (date).
-- not null: csm_id, email, capacity_minutes, open_minutes
with
responsible as materialized (
    select responsible.account_id, responsible.csm_id, responsible.covered_csm_id
    from hale_data.responsible_csm_on($1::date) as responsible
),
absent as (
    select responsible.covered_csm_id as csm_id
    from responsible
    where responsible.covered_csm_id is not null
    except
    select responsible.csm_id
    from responsible
    where responsible.covered_csm_id is null
),
load as (
    select performer.csm_id, sum(task.minutes) as minutes
    from hale_data.task as task
    left join responsible on responsible.account_id = task.account_id
    -- What the account's own CSM was given goes to whoever covers too.
    cross join lateral (
        select coalesce(nullif(task.assignee_id, responsible.covered_csm_id), responsible.csm_id) as csm_id
    ) as performer
    where task.closed_on is null and not task.is_held_out
    group by performer.csm_id
)
select
    csm.csm_id, csm.email, csm.role, csm.capacity_minutes, coalesce(load.minutes, 0) as open_minutes
from hale_data.csm as csm
left join load on load.csm_id = csm.csm_id
where csm.csm_id not in (select absent.csm_id from absent)
order by csm.email
