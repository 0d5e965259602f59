-- Which models are scored beside the one that applies to an account.
-- Why: the rows of such a model stand in the same table as the others, and no list, task or alert may count them.
alter table hale_data.model add column is_beside boolean not null default false;
comment on column hale_data.model.is_beside is
    'scored beside the model that applies to an account: its scores are shown, and decide nothing';
