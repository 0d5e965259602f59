-- Purpose: the tasks of a day before they are compared with the open ones.
create temp table staged_task (
    account_id bigint not null,
    title text not null,
    is_data_task boolean not null,
    minutes integer not null,
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
    playbook text
) on commit drop
