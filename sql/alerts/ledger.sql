-- Purpose: what became of the alerts of each rule that fired in a range of days: what people did about them and said of
--   them, and which accounts were lost afterwards. A task counts for the alerts that asked for its playbook while it
--   was open; an account is lost from the day on which a renewal was decided as lost or a contract was cancelled.
-- Grain: one row per rule with such an alert. Parameters: $1 first, $2 last day, $3 the last day of losses (date).
-- not null: rule, is_noisy, fired, accounts, digest_only, acted_on, useful, noise, lost, minutes
with
fired as (
    select
        alert.account_id, alert.alert_id, alert.rule, alert.playbook, alert.fired_on, alert.resolved_on,
        alert.digest_reason
    from hale_data.alert as alert
    where alert.account_id <> 0 and alert.fired_on between $1::date and $2::date
),
worked as (
    select fired.rule, fired.account_id, fired.alert_id, task.task_id, task.minutes
    from fired
    join hale_data.task as task
        on task.account_id = fired.account_id and task.playbook = fired.playbook and task.closed_reason = 'done'
        and task.closed_on >= fired.fired_on and task.opened_on <= coalesce(fired.resolved_on, task.opened_on)
),
spent as (
    select one.rule, sum(one.minutes) as minutes
    from (select distinct worked.rule, worked.account_id, worked.task_id, worked.minutes from worked) as one
    group by one.rule
),
lost as (
    select fired.rule, count(distinct fired.account_id) as accounts
    from fired
    join hale_data.settled_renewal_on($3::date) as decision
        on decision.account_id = fired.account_id and decision.outcome = 'lost'
        and decision.decided_on > fired.fired_on and decision.decided_on <= $3::date
    group by fired.rule
),
judged as (
    select
        fired.*,
        exists (
            select from hale_data.alert_event as event
            where event.account_id = fired.account_id and event.alert_id = fired.alert_id
                and event.kind = 'acknowledged'
        ) or exists (
            select from worked where worked.account_id = fired.account_id and worked.alert_id = fired.alert_id
        ) as is_acted_on,
        (
            select event.kind
            from hale_data.alert_event as event
            where event.account_id = fired.account_id and event.alert_id = fired.alert_id
                and event.kind in ('useful', 'noise')
            order by event.event_id desc
            limit 1
        ) as verdict
    from fired
)
select
    judged.rule,
    judged.rule in (
        select notice.subject
        from hale_data.alert as notice
        where notice.account_id = 0 and notice.rule = 'RuleNoisy' and notice.state = 'firing'
    ) as is_noisy,
    count(*) as fired, count(distinct judged.account_id) as accounts,
    count(judged.digest_reason) as digest_only,
    count(*) filter (where judged.is_acted_on) as acted_on,
    count(*) filter (where judged.verdict = 'useful') as useful,
    count(*) filter (where judged.verdict = 'noise') as noise,
    coalesce(min(lost.accounts), 0) as lost,
    coalesce(min(spent.minutes), 0) as minutes
from judged
left join lost on lost.rule = judged.rule
left join spent on spent.rule = judged.rule
group by judged.rule
order by judged.rule
