-- Purpose: the calls that spread the tables over the nodes of Citus, by the kinds that their comments say. Reference
--   tables come first, each behind those it refers to; the accounts make the group that all other distributed tables
--   join, so that an account's rows of every table lie on one node. Partitions follow their table by themselves.
-- Grain: one row per table to spread, in the order in which the calls work.
-- not null: name, kind, call
with recursive
home as (
    select
        class.oid,
        format('%I.%I', 'hale_data', class.relname) as name,
        (regexp_match(obj_description(class.oid, 'pg_class'), '^(reference|distributed): .'))[1] as kind
    from pg_class as class
    where class.relnamespace = 'hale_data'::regnamespace and class.relkind in ('r', 'p')
        and not class.relispartition
),
-- How many references a table stands behind; a limit in case that tables refer to each other.
depth as (
    select home.oid, 0 as steps
    from home
    union
    select key.conrelid, depth.steps + 1
    from depth
    join pg_constraint as key
        on key.confrelid = depth.oid and key.contype = 'f' and key.conrelid <> key.confrelid
    where depth.steps < 20
),
ranked as (
    select
        home.name,
        home.kind,
        home.kind = 'distributed' as is_distributed,
        home.name = 'hale_data.account' as is_account,
        max(depth.steps) as steps
    from home
    join depth on depth.oid = home.oid
    where home.kind is not null
    group by home.name, home.kind
)
select
    ranked.name,
    ranked.kind,
    case
        when ranked.kind = 'reference' then format('select create_reference_table(%L)', ranked.name)
        else format(
            'select create_distributed_table(%L, %L, colocate_with => %L)', ranked.name, 'account_id',
            case when ranked.is_account then 'none' else 'hale_data.account' end)
    end as call
from ranked
order by ranked.is_distributed, not ranked.is_account, ranked.steps, ranked.name
