-- Purpose: the ledger of the runs that scored a day: when, why, and what each replaced.
-- Grain: one row per run, failed ones included.
create or replace function hale.score_run_on(as_of date)
returns table (
    run_id bigint, day date, model text, started_at timestamptz, finished_at timestamptz, accounts integer,
    inserted integer, replaced integer, unchanged integer, reason text, error text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select
        run.run_id, run.day, model.name, run.started_at, run.finished_at, run.accounts, run.inserted, run.updated,
        run.unchanged, run.reason, run.error
    from hale_data.score_run as run
    join hale_data.model as model on model.model_hash = run.model_hash
    where run.day = as_of
$$;
create or replace view hale.score_run with (security_barrier) as
select
    run_id, day, model, started_at, finished_at, accounts, inserted, replaced, unchanged, reason, error
from hale.score_run_on(hale.newest_day());
comment on view hale.score_run is 'the runs that scored the newest scored day, one row per run';
comment on column hale.score_run.run_id is 'number of the run';
comment on column hale.score_run.day is 'the day it scored';
comment on column hale.score_run.model is 'name of the model';
comment on column hale.score_run.started_at is 'when it began';
comment on column hale.score_run.finished_at is 'when its scores were published; null where it failed or still runs';
comment on column hale.score_run.accounts is 'accounts scored';
comment on column hale.score_run.inserted is 'scores that were new';
comment on column hale.score_run.replaced is 'scores that were replaced or taken away';
comment on column hale.score_run.unchanged is 'scores that were right already';
comment on column hale.score_run.reason is 'why it wrote what it wrote';
comment on column hale.score_run.error is 'why it failed';
