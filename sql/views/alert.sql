-- Purpose: the alerts as they stood on a day: those open then, and those that resolved on it.
-- Grain: one row per alert. A pending alert that vanished was none.
create or replace function hale.alert_on(as_of date)
returns table (
    alert_id bigint, account_id text, name text, segment text, csm text, arr numeric, currency text, rule text,
    subject text, state text, severity text, labels jsonb, annotations jsonb, playbook text, since_on date,
    true_days integer, fired_on date, false_since date, resolved_on date, evaluated_on date, stale_since date,
    inhibited_by text, acknowledged_by text, acknowledged_at timestamptz, is_silenced boolean, arr_minor bigint,
    announced_on date, digest_reason text, verdict text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select
        alert.alert_id, account.external_id, account.name, account.segment, csm.email,
        hale_data.major(arr.minor, money.currency), money.currency, alert.rule, alert.subject,
        case
            when alert.resolved_on <= as_of then 'resolved'
            when alert.fired_on <= as_of then 'firing'
            else 'pending'
        end,
        alert.severity, alert.labels, alert.annotations, alert.playbook, alert.since_on, alert.true_days,
        alert.fired_on, alert.false_since, alert.resolved_on, alert.evaluated_on, alert.stale_since,
        alert.inhibited_by, alert.acknowledged_by, alert.acknowledged_at,
        hale_data.silenced_until(
            alert.labels, alert.rule, alert.severity, account.external_id, account.segment, csm.email) is not null,
        arr.minor, alert.announced_on, alert.digest_reason, verdict.kind
    from hale_data.alert as alert
    cross join (select hale_data.reporting_currency() as currency offset 0) as money
    left join hale_data.account as account on account.account_id = alert.account_id
    left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
    left join lateral (
        select health.arr_minor as minor
        from hale_data.health_score as health
        where health.account_id = alert.account_id and health.day <= as_of and health.day > as_of - 31
            and health.model_hash not in (select model.model_hash from hale_data.model as model where model.is_beside)
        order by health.day desc
        limit 1
    ) as arr on true
    left join lateral (
        select event.kind
        from hale_data.alert_event as event
        where event.account_id = alert.account_id and event.alert_id = alert.alert_id
            and event.kind in ('useful', 'noise')
        order by event.event_id desc
        limit 1
    ) as verdict on true
    where alert.since_on <= as_of
        and (alert.resolved_on is null or alert.resolved_on >= as_of)
        and not (alert.state = 'resolved' and alert.fired_on is null)
        and hale_data.may_see(csm.email)
$$;
create or replace view hale.alert with (security_barrier) as
select
    alert_id, account_id, name, segment, csm, arr, currency, rule, subject, state, severity, labels, annotations,
    playbook, since_on, true_days, fired_on, false_since, resolved_on, evaluated_on, stale_since, inhibited_by,
    acknowledged_by, acknowledged_at, is_silenced, arr_minor, announced_on, digest_reason, verdict
from hale.alert_on(hale.newest_day());
comment on view hale.alert is
    'the alerts that are open on the newest scored day or resolved on it, one row per alert';
comment on column hale.alert.alert_id is 'number of the alert';
comment on column hale.alert.account_id is 'the account''s id as imported; null for an alert about a rule';
comment on column hale.alert.name is 'the account''s name';
comment on column hale.alert.segment is 'the account''s segment';
comment on column hale.alert.csm is 'e-mail of the responsible CSM';
comment on column hale.alert.arr is
    'annual recurring revenue of the account''s live contracts, major units of the reporting currency; null where no '
    'day of the last month was scored';
comment on column hale.alert.currency is 'the reporting currency (ISO 4217)';
comment on column hale.alert.rule is 'name of the rule';
comment on column hale.alert.subject is 'for an alert about a rule the name of that rule, else empty';
comment on column hale.alert.state is 'pending, firing or resolved';
comment on column hale.alert.severity is 'info, warning or critical';
comment on column hale.alert.labels is 'the rule''s labels';
comment on column hale.alert.annotations is 'the rule''s annotations with the account''s figures';
comment on column hale.alert.playbook is 'name of the playbook that the rule asks for; null for none';
comment on column hale.alert.since_on is 'the first day on which the condition held';
comment on column hale.alert.true_days is 'scored days on which it held';
comment on column hale.alert.fired_on is 'the day on which it fired; null while it is pending';
comment on column hale.alert.false_since is 'the first day on which it held no more, while the alert is kept firing';
comment on column hale.alert.resolved_on is 'the day on which it resolved; null while it is open';
comment on column hale.alert.evaluated_on is 'the newest day on which the rule was evaluated for it';
comment on column hale.alert.stale_since is 'the last day on which the condition was known; null while it is known';
comment on column hale.alert.inhibited_by is 'the firing rule that hides it; null for none';
comment on column hale.alert.acknowledged_by is 'who has it; null for nobody';
comment on column hale.alert.acknowledged_at is 'since when';
comment on column hale.alert.is_silenced is 'whether a silence covers it now';
comment on column hale.alert.arr_minor is 'arr in minor units';
comment on column hale.alert.announced_on is
    'the scored day on which it was new to receivers or to the digest; null while it was to neither';
comment on column hale.alert.digest_reason is
    'why the digest alone tells of it: budget or precision; null where receivers are told';
comment on column hale.alert.verdict is 'what people said of it last: useful or noise; null for nothing';
