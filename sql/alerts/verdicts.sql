-- Purpose: what people said of the alerts that fired from a day on; of an alert's verdicts the last counts.
-- Grain: one row per rule of which an alert was judged. Parameters: $1 day (date).
-- not null: rule, useful, noise
select
    alert.rule,
    count(*) filter (where verdict.kind = 'useful') as useful,
    count(*) filter (where verdict.kind = 'noise') as noise
from (
    select distinct on (event.account_id, event.alert_id) event.account_id, event.alert_id, event.kind
    from hale_data.alert_event as event
    where event.kind in ('useful', 'noise')
    order by event.account_id, event.alert_id, event.event_id desc
) as verdict
join hale_data.alert as alert on alert.account_id = verdict.account_id and alert.alert_id = verdict.alert_id
where alert.fired_on >= $1::date
group by alert.rule
order by alert.rule
