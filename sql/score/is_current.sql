-- Purpose: whether the stored scores of a day are what a full run would make of it: the newest run of each model in
--   force was one, nothing changed since, no other model has runs, and every account has its row.
-- Grain: one row. Parameters: $1 day (date), $2 hashes of the models in force,
--   $3 of those that are not beside (text[]).
-- not null: is_current, accounts
with
newest as (
    select distinct on (model_hash) model_hash, snapshot, is_full
    from hale_data.score_run
    where day = $1::date and finished_at is not null
    order by model_hash, finished_at desc, run_id desc
),
settled as (
    select newest.model_hash
    from newest
    where newest.is_full
        -- As in scores/last_run: none where the database was restored elsewhere.
        and pg_snapshot_xmax(newest.snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
        and not exists (
            select from hale_data.common_change as change
            where not pg_visible_in_snapshot(change.changed_by, newest.snapshot))
        and not exists (
            select from hale_data.account_change as change
            where not pg_visible_in_snapshot(change.changed_by, newest.snapshot))
),
known as (
    select count(*) as accounts from hale_data.account
)
select
    (select array_agg(model_hash order by model_hash) from settled)
        is not distinct from (select array_agg(hash order by hash) from unnest($2::text[]) as hash)
    and not exists (select from newest where model_hash <> all ($2::text[]))
    and known.accounts = (
        select count(*) from hale_data.health_score where day = $1::date and model_hash = any ($3::text[])
    ) as is_current,
    known.accounts
from known
