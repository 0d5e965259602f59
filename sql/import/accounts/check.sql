-- Purpose: reports accounts that are twice in the file with different values, unknown CSMs and unknown parents,
--   and parents that would stand above themselves.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
with recursive
-- An account that is twice in the file stands where its first row puts it: a later one that differs is bad.
placed as (
    select distinct on (staged.account_id) staged.account_id, staged.parent_account_id
    from staged
    order by staged.account_id, staged.line
),
-- Who would stand below whom after the import: everybody below one, or none.
link as (
    select placed.account_id as child, placed.parent_account_id as parent
    from placed
    where placed.parent_account_id is not null
    union all
    select account.external_id, above.external_id
    from hale_data.account as account
    join hale_data.account as above on above.account_id = account.parent_account_id
    where not exists (select from placed where placed.account_id = account.external_id)
),
-- How many may stand above each other: a bound on the steps below, each of which goes through all links.
deepest (levels) as (
    values (50)
),
-- From those that stand below nobody downwards everybody is met, but for circles, what stands below them, and what is
-- too deep.
reached as (
    select link.parent as account_id, 0 as level
    from link
    where not exists (select from link as above where above.child = link.parent)
    union
    select link.child, reached.level + 1
    from reached
    join link on link.parent = reached.account_id
    cross join deepest
    where reached.level < deepest.levels
),
unreached as materialized (
    select link.child, link.parent
    from link
    where not exists (select from reached where reached.account_id = link.child)
),
-- A circle is found by the one of it that comes first in an order that has nothing to do with that of the file: each
-- climbs only until it meets one that comes before itself, mostly after two or three steps.
climb as (
    select unreached.child as origin, unreached.parent as above, 1 as level
    from unreached
    where md5(unreached.parent) >= md5(unreached.child)
    union all
    select climb.origin, unreached.parent, climb.level + 1
    from climb
    join unreached on unreached.child = climb.above
    cross join deepest
    where climb.above <> climb.origin and md5(unreached.parent) >= md5(climb.origin) and climb.level < deepest.levels
),
circle as (
    select climb.origin as origin, climb.origin as account_id
    from climb
    where climb.above = climb.origin
    union
    select circle.origin, unreached.parent
    from circle
    join unreached on unreached.child = circle.account_id
    where unreached.parent <> circle.origin
)
select
    staged.line, 'parent_account_id',
    'account "' || staged.account_id || '" stands more than ' || deepest.levels
        || ' accounts deep, or below parents that go round in a circle'
from staged
join unreached on unreached.child = staged.account_id
cross join deepest
where not exists (select from circle where circle.account_id = staged.account_id)
union all
select
    staged.line, 'parent_account_id',
    'account "' || staged.account_id || '" would stand above itself: parents must not go round in a circle'
from staged
join circle on circle.account_id = staged.account_id
union all
select
    later.line, 'account_id',
    'account "' || later.account_id || '" is already on line ' || first.line || ' with other values'
from staged as later
join (
    select distinct on (staged.account_id) staged.*
    from staged
    order by staged.account_id, staged.line
) as first
    on first.account_id = later.account_id and first.line < later.line
    and (
        first.name, first.segment, first.lifecycle_stage, first.country, first.industry, first.csm_email,
        first.parent_account_id, first.created_on
    ) is distinct from (
        later.name, later.segment, later.lifecycle_stage, later.country, later.industry, later.csm_email,
        later.parent_account_id, later.created_on
    )
union all
select
    staged.line, 'csm_email',
    'CSM "' || staged.csm_email || '" is not known: import csms first, or use --create-missing csms'
from staged
left join hale_data.csm as csm on csm.email = lower(staged.csm_email)
where staged.csm_email is not null and csm.csm_id is null
union all
select
    staged.line, 'parent_account_id',
    'parent account "' || staged.parent_account_id || '" is neither known nor in this file'
from staged
left join hale_data.account_key as known on known.external_id = staged.parent_account_id
where staged.parent_account_id is not null
    and known.account_id is null
    and not exists (select from staged as other where other.account_id = staged.parent_account_id)
