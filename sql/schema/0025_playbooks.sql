-- Tasks that alerts ask for.
-- Why: a rule can name a playbook, which says what to do about its alerts; the account's task then follows it.

alter table hale_data.task add column playbook text;
comment on column hale_data.task.playbook is 'name of the playbook that says what to do; null where a reason does';
