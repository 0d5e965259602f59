-- Purpose: what would stop the tables from being spread over several nodes, read from the catalogue.
-- A table's comment says its kind, `reference: …`, `distributed: …` (by account_id) or `local: …`; a partition is of
--   the kind of the table it belongs to. A key to a reference table crosses nothing: every node has all of it.
-- Grain: one row per problem, in order of rule and name.
-- not null: rule, name
with
home as (
    select
        class.oid,
        class.relname::text as name,
        class.relispartition as is_partition,
        (regexp_match(
            obj_description(coalesce(parent.inhparent, class.oid), 'pg_class'),
            '^(reference|distributed|local): .'))[1] as kind
    from pg_class as class
    left join pg_inherits as parent on parent.inhrelid = class.oid
    where class.relnamespace = 'hale_data'::regnamespace and class.relkind in ('r', 'p')
),
spread as (
    select home.oid, home.name, home.kind, home.is_partition from home where home.kind <> 'local'
),
problem as (
    select 1 as rule_number, 'no kind' as rule, home.name as name
    from home
    where home.kind is null
    union all
    select 2, 'no account', home.name
    from home
    where home.kind = 'distributed' and not exists (
        select from pg_attribute as attribute
        where attribute.attrelid = home.oid and attribute.attname = 'account_id'
            and attribute.atttypid = 'bigint'::regtype and attribute.attnotnull)
    union all
    select 3, 'unique across accounts', home.name || '.' || index_class.relname
    from pg_index as index
    join pg_class as index_class on index_class.oid = index.indexrelid
    join home on home.oid = index.indrelid
    left join pg_attribute as first on first.attrelid = home.oid and first.attnum = index.indkey[0]
    where home.kind = 'distributed' and (index.indisunique or index.indisexclusion)
        and first.attname is distinct from 'account_id'
    union all
    select 4, 'crosses accounts', home.name || '.' || key.conname
    from pg_constraint as key
    join home on home.oid = key.conrelid
    join home as target on target.oid = key.confrelid
    join pg_attribute as own on own.attrelid = home.oid and own.attnum = key.conkey[1]
    join pg_attribute as other on other.attrelid = target.oid and other.attnum = key.confkey[1]
    where key.contype = 'f' and 'distributed' in (home.kind, target.kind) and target.kind <> 'reference'
        and not (home.kind = target.kind and own.attname = 'account_id' and other.attname = 'account_id')
    union all
    select 5, 'trigger', spread.name || '.' || trigger.tgname
    from pg_trigger as trigger
    join spread on spread.oid = trigger.tgrelid
    where not trigger.tgisinternal
    union all
    select 6, 'identity', spread.name || '.' || attribute.attname
    from pg_attribute as attribute
    join spread on spread.oid = attribute.attrelid
    where attribute.attidentity <> '' and attribute.atttypid <> 'bigint'::regtype
    union all
    select 7, 'inheritance', spread.name
    from pg_inherits as parent
    join spread on spread.oid = parent.inhrelid
    where not spread.is_partition
    union all
    select 8, 'rule', spread.name || '.' || rewrite.rulename
    from pg_rewrite as rewrite
    join spread on spread.oid = rewrite.ev_class
)
select problem.rule, problem.name
from problem
order by problem.rule_number, problem.name
