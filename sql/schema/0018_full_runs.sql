-- Which runs computed the figures of all accounts themselves.
-- Why: a day is what a full run would make of it when its newest run was one and nothing changed since; then scoring it
--   again has nothing to do. A run of some accounts uses the figures of an earlier one.
alter table hale_data.score_run add column is_full boolean not null default false;
comment on column hale_data.score_run.is_full is
    'whether the run scored every account with figures of all accounts that it computed itself';
