-- Which new alerts receivers are told of and which the digest alone tells, and what people say of alerts afterwards.
-- Why: a CSM who is told of thirty alerts on a morning reads none of them, and a rule whose alerts are noise should be
--   found by what people say of it.

alter table hale_data.alert
    add column announced_on date,
    add column digest_reason text check (digest_reason in ('budget', 'precision'));
comment on column hale_data.alert.announced_on is
    'the scored day on which it was new to receivers or to the digest; null while it is new to both';
comment on column hale_data.alert.digest_reason is 'why the digest alone tells of it; null where receivers are told';
create index alert_announced on hale_data.alert (announced_on) where digest_reason is null;
-- Until now receivers were told of everything.
update hale_data.alert set announced_on = fired_on where fired_on is not null and inhibited_by is null;

alter table hale_data.alert_event
    drop constraint alert_event_kind_check,
    add constraint alert_event_kind_check check (kind in (
        'pending', 'firing', 'resolved', 'dropped', 'stale', 'acknowledged', 'expired', 'useful', 'noise'));
create index alert_event_verdict on hale_data.alert_event (account_id, alert_id, event_id)
    where kind in ('useful', 'noise');

-- Its columns change; it is made again with the other views.
drop view if exists hale.alert;
drop function if exists hale.alert_on(date);
