-- Purpose: the score of every account on a day under every model that scored it: the one that applies, and those
--   beside it.
-- Grain: one row per account and model.
create or replace function hale.account_model_score_on(as_of date)
returns table (
    account_id text, model text, is_beside boolean, score double precision, smoothed_score double precision, band text,
    model_hash text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select
        account.external_id, model.name, model.is_beside, health.score, health.smoothed_score, health.band,
        health.model_hash
    from hale_data.health_score as health
    join hale_data.account as account on account.account_id = health.account_id
    left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
    join hale_data.model as model on model.model_hash = health.model_hash
    where health.day = as_of
        and exists (
            select from hale_data.score_run as run
            where run.run_id = health.run_id and run.finished_at is not null)
        and hale_data.may_see(csm.email)
$$;
create or replace view hale.account_model_score with (security_barrier) as
select account_id, model, is_beside, score, smoothed_score, band, model_hash
from hale.account_model_score_on(hale.newest_day());
comment on view hale.account_model_score is
    'every account on the newest scored day under every model, one row per account and model';
comment on column hale.account_model_score.account_id is 'the account''s id as imported';
comment on column hale.account_model_score.model is 'the model''s name';
comment on column hale.account_model_score.is_beside is 'false for the model whose score counts';
comment on column hale.account_model_score.score is 'health score of the day, 0 to 100';
comment on column hale.account_model_score.smoothed_score is 'the score smoothed over days';
comment on column hale.account_model_score.band is 'red, amber, green or unknown, after caps';
comment on column hale.account_model_score.model_hash is 'hash of the model''s text';
