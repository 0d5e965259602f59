-- Tasks that people act on: what they come from, what became of them, and everything that was done to them.
-- Why: a list that nobody can act on shows the same accounts every morning. A task is a row with a short number; what
--   people and nights do to it is an event beside it that holds what it was before, so that all of it can be taken
--   back.

alter table hale_data.task
    add column origin text not null default 'account' check (origin in ('account', 'step', 'person')),
    add column step text not null default '',
    add column occasion date,
    add column opens_on date,
    add column lapses_on date,
    add column facts text[] not null default '{}',
    add column keys text[] not null default '{}',
    add column decision_on date,
    add column risk double precision,
    add column save_rate double precision,
    add column completed_by text[] not null default '{}',
    add column cool_down_days integer not null default 14,
    add column performer text not null default 'owner',
    add column checklist text[] not null default '{}',
    add column assignee_id bigint,
    add column is_held_out boolean not null default false,
    add column former_task_id bigint,
    add column outcome text check (outcome in ('saved', 'progress', 'no-change', 'lost', 'not-needed')),
    add column blocks_until date,
    add column snoozed_on date,
    add column snoozed_until date,
    add column snoozed_risk double precision,
    add column cliff_since date,
    add column notice_given boolean not null default false,
    drop constraint task_closed_reason_check,
    add constraint task_closed_reason_check
        check (closed_reason in ('resolved', 'done', 'dropped', 'lapsed', 'cancelled'));
drop index hale_data.task_open;
create unique index task_of_account on hale_data.task (account_id) where closed_on is null and origin = 'account';
create unique index task_of_step on hale_data.task (account_id, playbook, step, occasion) where origin = 'step';
create index task_open on hale_data.task (account_id) where closed_on is null;
create index task_number on hale_data.task (task_id);
create index task_ended on hale_data.task (account_id, closed_on) where closed_on is not null;

comment on table hale_data.task is
    'distributed: tasks, at most one open per account for alerts and reasons, and one per dated step and occasion; '
    'money in major units of the reporting currency';
comment on column hale_data.task.origin is
    'account: the alerts and reasons of an account; step: a dated step of a playbook; person: added by somebody';
comment on column hale_data.task.step is 'name of the playbook''s dated step; empty for any other task';
comment on column hale_data.task.occasion is 'the day that the play is counted from; null but for a dated step';
comment on column hale_data.task.lapses_on is 'the first day on which a dated step is too late';
comment on column hale_data.task.facts is 'why, in a few words with figures, the most pressing first';
comment on column hale_data.task.keys is 'names of the alerts and reasons that it stands for';
comment on column hale_data.task.risk is
    'P(lost) over the account''s contracts, by ARR; null where nothing is at stake';
comment on column hale_data.task.save_rate is
    'share of losses that it is assumed to prevent; null: what the organisation assumes';
comment on column hale_data.task.completed_by is 'kinds of touchpoint that complete it';
comment on column hale_data.task.assignee_id is 'the CSM who does it; null: the account''s';
comment on column hale_data.task.is_held_out is 'the account is left alone on purpose, to see what the playbook does';
comment on column hale_data.task.former_task_id is 'the task that somebody ended and that came back with this one';
comment on column hale_data.task.outcome is 'what came of it, as whoever did it says';
comment on column hale_data.task.blocks_until is
    'the first day on which it may come back for the same reason; null while it is open';
comment on column hale_data.task.snoozed_until is 'the day on which it is shown again; null while it is shown';
comment on column hale_data.task.snoozed_risk is 'P(lost) when it was snoozed; 10 points more wake it';
comment on column hale_data.task.cliff_since is 'since when usage is off a cliff; a newer one wakes a snoozed task';

create table hale_data.task_event (
    account_id bigint not null,
    event_id bigint generated always as identity,
    task_id bigint not null,
    day date not null,
    kind text not null check (
        kind in (
            'opened', 'resolved', 'lapsed', 'cancelled', 'done', 'snoozed', 'woken', 'assigned', 'added', 'dropped',
            'reopened')),
    by_whom text,
    note text,
    outcome text,
    former jsonb,
    undone_by bigint,
    recorded_at timestamptz not null default now(),
    primary key (account_id, event_id)
);
create index task_event_of_task on hale_data.task_event (account_id, task_id);
comment on table hale_data.task_event is
    'distributed: what people and nights did to tasks, append-only, one row per task and change';
comment on column hale_data.task_event.by_whom is 'e-mail of who did it; null for the night';
comment on column hale_data.task_event.former is 'what the change replaced, so that it can be taken back exactly';
comment on column hale_data.task_event.undone_by is 'the event that took it back; null while it stands';

-- Roles of CSMs, by which a playbook may say who does a task.
alter table hale_data.csm add column role text;
comment on column hale_data.csm.role is 'what the CSM does, such as onboarding; a playbook may ask for it';

-- One change of tasks at a time, by the night or by a person.
insert into hale_data.turn (area, number) values ('tasks', 0);

-- What an action on a task may change, as it is: taken back, it is so again.
create function hale_data.task_state(task hale_data.task) returns jsonb
language sql immutable as
$$
    select jsonb_build_object(
        'closed_on', task.closed_on, 'closed_reason', task.closed_reason, 'outcome', task.outcome,
        'blocks_until', task.blocks_until, 'snoozed_on', task.snoozed_on, 'snoozed_until', task.snoozed_until,
        'snoozed_risk', task.snoozed_risk, 'assignee_id', task.assignee_id, 'due_on', task.due_on)
$$;
