-- Tasks for CSMs.
-- Why: the morning list is read from here, so that it is the same for everybody who looks.

create table hale_data.task (
    account_id bigint not null,
    task_id bigint generated always as identity,
    opened_on date not null,
    as_of date not null,
    closed_on date,
    closed_reason text check (closed_reason in ('resolved', 'done')),
    title text not null,
    is_data_task boolean not null,
    minutes integer not null check (minutes > 0),
    due_on date not null,
    reasons text[] not null,
    band text not null,
    days_to_decision integer,
    urgency double precision not null,
    expected_loss double precision not null,
    value_protected double precision not null,
    net_value double precision not null,
    priority double precision not null,
    probability_basis text,
    primary key (account_id, task_id)
);
create unique index task_open on hale_data.task (account_id) where closed_on is null;
comment on table hale_data.task is
    'distributed: tasks, at most one open per account; money in major units of the reporting currency';
