-- Which models are scored beside the one that applies to an account, and how a model rolls the scores of the accounts
-- below a parent up to it.
-- Why: the rows of a model beside stand in the same table as the others, and no list, task or alert may count them; and
-- a roll-up is read from stored scores, so what the model says of it is kept with the model.
alter table hale_data.model
    add column is_beside boolean not null default false,
    add column roll_up text not null default 'none'
        check (roll_up in ('none', 'mean', 'arr_weighted', 'worst_child')),
    add column amber_from double precision not null default 45,
    add column green_from double precision not null default 70;
comment on column hale_data.model.is_beside is
    'scored beside the model that applies to an account: its scores are shown, and decide nothing';
comment on column hale_data.model.roll_up is 'what a parent''s rolled-up score becomes of those below it';
comment on column hale_data.model.amber_from is 'least score of amber [points]';
comment on column hale_data.model.green_from is 'least score of green [points]';
