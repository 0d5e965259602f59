-- Purpose: alerts as they stood on a day. Grain: one row per alert; fired ones first, the gravest first.
-- Parameters: $1 day (date), $2 account ids (text[]; null = all), $3 rule, $4 CSM (text; null = all), $5 whether those
--   that resolved on the day belong to it (boolean), $6 numbers of alerts (bigint[]; null = all), $7 segment in any
--   case (text; null = all).
-- not null: alert_id, rule, state, severity, since_on, true_days, labels, annotations, is_silenced, evaluated_on
select
    alert.alert_id, alert.account_id, alert.name, alert.csm, alert.arr, alert.currency, alert.rule, alert.subject,
    alert.state, alert.severity, alert.since_on, alert.true_days, alert.fired_on, alert.false_since,
    alert.resolved_on, alert.stale_since, alert.evaluated_on, alert.inhibited_by, alert.acknowledged_by,
    alert.acknowledged_at::text as acknowledged_at, alert.is_silenced, alert.labels::text as labels,
    alert.annotations::text as annotations, alert.playbook, alert.arr_minor,
    alert.announced_on, alert.digest_reason, alert.verdict
from hale.alert_on($1::date) as alert
where ($2::text[] is null or alert.account_id = any ($2::text[]))
    and ($3::text is null or lower(alert.rule) = lower($3::text))
    and ($4::text is null or alert.csm = lower($4::text))
    and ($5::boolean or alert.state <> 'resolved')
    and ($6::bigint[] is null or alert.alert_id = any ($6::bigint[]))
    and (
        $7::text is null
        or alert.account_id in (
            select account.external_id from hale_data.account as account where lower(account.segment) = lower($7::text)
        )
    )
order by
    case alert.state when 'firing' then 0 when 'pending' then 1 else 2 end,
    case alert.severity when 'critical' then 0 when 'warning' then 1 else 2 end,
    alert.arr desc nulls last, alert.account_id, alert.rule
