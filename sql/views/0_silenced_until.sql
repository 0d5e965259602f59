-- Until when an alert is silenced: null where no silence in force has its matchers among the alert's labels, rule (also
-- called alert and alertname), severity, account, segment and CSM.
create or replace function hale_data.silenced_until(
    labels jsonb, rule text, severity text, account text, segment text, csm text) returns timestamptz
language sql stable as
$$
    select max(silence.ends_at)
    from hale_data.silence as silence
    where silence.starts_at <= now() and silence.ends_at > now()
        and labels || jsonb_strip_nulls(jsonb_build_object(
            'rule', rule, 'alert', rule, 'alertname', rule, 'severity', severity, 'account', account,
            'segment', segment, 'csm', csm)) @> silence.matchers
$$;
