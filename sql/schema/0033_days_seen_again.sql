-- What alerts and rules were before their newest day, and which run of it they saw.
-- Why: facts come in after a day's first run, and what they call for must be said on that day; and a day that should not
--   have been scored must be taken back. Both go on from where everything stood before the day.

alter table hale_data.alert add column before jsonb;
comment on column hale_data.alert.before is
    'the state before its newest day, which it names as seen_on; null where it began on that day or nothing was kept';
create index alert_ended on hale_data.alert (resolved_on) where state = 'resolved';

alter table hale_data.alert_rule
    add column evaluated_run bigint,
    add column previous_on date,
    add column previous_held_since date,
    add column released_on date;
comment on column hale_data.alert_rule.evaluated_run is 'the newest run of evaluated_on that the rule has seen';
comment on column hale_data.alert_rule.previous_on is 'the day that was evaluated before evaluated_on';
comment on column hale_data.alert_rule.previous_held_since is 'held_since as it was before evaluated_on';
comment on column hale_data.alert_rule.released_on is 'the day that was evaluated last when somebody released the rule';
