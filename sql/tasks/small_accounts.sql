-- Purpose: those of some accounts whose ARR is under the median of all that their CSM looks after on a scored day; an
--   account that pays nothing, or that nobody looks after, is neither under it nor counted.
-- Grain: one row per such account. Parameters: $1 day (date), $2 account keys (bigint[]).
-- not null: account_id
with
paying as materialized (
    select responsible.csm_id, health.account_id, health.arr_minor
    from hale_data.responsible_csm_on($1::date) as responsible
    join hale_data.health_score as health on health.account_id = responsible.account_id and health.day = $1::date
    where responsible.csm_id = any (array(
            select asked.csm_id
            from hale_data.responsible_csm_on($1::date) as asked
            where asked.account_id = any ($2::bigint[])))
        and health.arr_minor > 0
        and health.model_hash not in (select model.model_hash from hale_data.model as model where model.is_beside)
),
median as (
    select paying.csm_id, percentile_cont(0.5) within group (order by paying.arr_minor) as arr_minor
    from paying
    group by paying.csm_id
)
select paying.account_id
from paying
join median on median.csm_id = paying.csm_id
where paying.arr_minor < median.arr_minor and paying.account_id = any ($2::bigint[])
