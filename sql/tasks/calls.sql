-- Purpose: the alerts firing on a day that ask for a playbook; neither hidden ones nor those that somebody silenced.
-- Grain: one row per alert. Parameters: $1 day (date), $2 first, $3 last account,
--   $4 account ids (bigint[]; null = all of the range).
-- not null: account_id, rule, severity, fired_on, playbook
select
    alert.account_id, alert.rule, alert.severity, alert.fired_on, alert.playbook,
    -- The text has the figures of the day on which something happened: on a later one it says of which, and on an
    -- earlier one only what holds whatever the figures.
    case
        when alert.worded_on = $1::date or alert.annotations ->> 'summary' !~ '[0-9]'
            then alert.annotations ->> 'summary'
        when alert.worded_on < $1::date then
            format('%s (on %s)', rtrim(alert.annotations ->> 'summary', '.'), to_char(alert.worded_on, 'FMDD Mon'))
    end as summary
from hale_data.alert as alert
join hale_data.account as account on account.account_id = alert.account_id
left join hale_data.responsible_csm_on($1::date) as csm
    on csm.account_id = account.account_id and csm.account_id between $2::bigint and $3::bigint
where alert.playbook is not null
    and alert.fired_on <= $1::date
    and (alert.resolved_on is null or alert.resolved_on > $1::date)
    and alert.inhibited_by is null
    and alert.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or alert.account_id = any ($4::bigint[]))
    and account.account_id between $2::bigint and $3::bigint
    and hale_data.silenced_until(
        alert.labels, alert.rule, alert.severity, account.external_id, account.segment, csm.email) is null
order by alert.account_id, alert.alert_id
