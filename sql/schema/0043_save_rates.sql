-- Whether the save rate of a task is assumed still.
-- Why: what a task protects rests on it. Until enough renewals were decided both after a playbook's tasks and where
--   accounts were left alone, nobody knows what would have happened anyway, and every list should say so.

alter table hale_data.task add column is_save_rate_assumed boolean not null default true;
comment on column hale_data.task.is_save_rate_assumed is
    'true until enough renewals were decided after the playbook''s tasks and where accounts were held out';
