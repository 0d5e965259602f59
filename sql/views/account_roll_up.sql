-- Purpose: what the scores of the accounts below a parent come to, as the parent's model rolls them up. The parent's
--   own score stays what it is.
-- Grain: one row per account that has scored accounts below it, directly or through others, and whose model rolls up.
create or replace function hale.account_roll_up_on(as_of date)
returns table (
    account_id text, model text, roll_up text, accounts bigint, arr_minor bigint, score double precision, band text,
    worst_account_id text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    with recursive
    scored as (
        select
            health.account_id, health.smoothed_score, health.band, health.arr_minor, model.name, model.roll_up,
            model.amber_from, model.green_from
        from hale_data.health_score as health
        join hale_data.model as model on model.model_hash = health.model_hash and not model.is_beside
        where health.day = as_of
            and exists (
                select from hale_data.score_run as run
                where run.run_id = health.run_id and run.finished_at is not null)
    ),
    -- An import refuses parents that go round in a circle; the path ends one all the same.
    below as (
        select account.parent_account_id as top, account.account_id
        from hale_data.account as account
        where account.parent_account_id in (select scored.account_id from scored where scored.roll_up <> 'none')
        union all
        select below.top, account.account_id
        from below
        join hale_data.account as account on account.parent_account_id = below.account_id
    ) cycle account_id set is_circle using path,
    part as (
        select
            below.top,
            -- A CSM is not told the id of another's account.
            case when hale_data.may_see(csm.email) then account.external_id end as external_id,
            scored.smoothed_score, scored.band, scored.arr_minor
        from below
        join scored on scored.account_id = below.account_id and scored.band <> 'unknown'
        join hale_data.account as account on account.account_id = below.account_id
        left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
        where not below.is_circle and below.account_id <> below.top
    ),
    rolled as (
        select
            part.top,
            count(*) as accounts,
            sum(part.arr_minor)::bigint as arr_minor,
            avg(part.smoothed_score) as mean,
            sum(part.smoothed_score * part.arr_minor) / nullif(sum(part.arr_minor), 0) as weighted,
            min(part.smoothed_score) as lowest,
            min(array_position(array['red', 'amber', 'green'], part.band)) as worst_band,
            (array_agg(part.external_id order by part.smoothed_score, part.external_id))[1] as worst
        from part
        group by part.top
    ),
    valued as (
        select
            rolled.*, scored.name, scored.roll_up, scored.amber_from, scored.green_from,
            case scored.roll_up when 'mean' then mean when 'arr_weighted' then weighted else lowest end as score
        from rolled
        join scored on scored.account_id = rolled.top
    )
    select
        account.external_id, valued.name, valued.roll_up, valued.accounts, valued.arr_minor, valued.score,
        case
            when valued.roll_up = 'worst_child' then (array['red', 'amber', 'green'])[valued.worst_band]
            when valued.score < valued.amber_from then 'red'
            when valued.score < valued.green_from then 'amber'
            when valued.score is not null then 'green'
        end,
        valued.worst
    from valued
    join hale_data.account as account on account.account_id = valued.top
    left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
    where hale_data.may_see(csm.email)
$$;
create or replace view hale.account_roll_up with (security_barrier) as
select account_id, model, roll_up, accounts, arr_minor, score, band, worst_account_id
from hale.account_roll_up_on(hale.newest_day());
comment on view hale.account_roll_up is
    'what the accounts below a parent come to on the newest scored day, one row per parent whose model rolls up';
comment on column hale.account_roll_up.account_id is 'the parent''s id as imported';
comment on column hale.account_roll_up.model is 'the parent''s model';
comment on column hale.account_roll_up.roll_up is 'mean, arr_weighted or worst_child';
comment on column hale.account_roll_up.accounts is 'scored accounts below the parent, those of unknown band left out';
comment on column hale.account_roll_up.arr_minor is 'their ARR in minor units of the reporting currency';
comment on column hale.account_roll_up.score is
    'mean, mean by ARR, or lowest of their smoothed scores; null when weighted by ARR and there is none';
comment on column hale.account_roll_up.band is
    'band of that score by the parent''s model; for worst_child their worst';
comment on column hale.account_roll_up.worst_account_id is
    'the account with the lowest score; null where it may not be seen';
