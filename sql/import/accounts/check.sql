-- Purpose: reports accounts that are twice in the file with different values, unknown CSMs and unknown parents,
--   and parents that would stand above themselves.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
with recursive
-- Who would stand below whom after the import.
link as (
    select staged.account_id as child, staged.parent_account_id as parent
    from staged
    where staged.parent_account_id is not null
    union
    select account.external_id, above.external_id
    from hale_data.account as account
    join hale_data.account as above on above.account_id = account.parent_account_id
    where not exists (select from staged where staged.account_id = account.external_id)
),
climb as (
    select link.child as origin, link.parent as above
    from link
    where link.child in (select staged.account_id from staged)
    union
    select climb.origin, link.parent
    from climb
    join link on link.child = climb.above
    where climb.above <> climb.origin
)
select
    staged.line, 'parent_account_id',
    'account "' || staged.account_id || '" would stand above itself: parents must not go round in a circle'
from staged
join climb on climb.origin = staged.account_id and climb.above = staged.account_id
union all
select
    later.line, 'account_id',
    'account "' || later.account_id || '" is already on line ' || first.line || ' with other values'
from staged as later
join staged as first
    on first.account_id = later.account_id and first.line < later.line
    and (
        first.name, first.segment, first.lifecycle_stage, first.country, first.industry, first.csm_email,
        first.parent_account_id, first.created_on
    ) is distinct from (
        later.name, later.segment, later.lifecycle_stage, later.country, later.industry, later.csm_email,
        later.parent_account_id, later.created_on
    )
union all
select staged.line, 'csm_email', 'CSM "' || staged.csm_email || '" is not known: import csms first'
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
    and staged.parent_account_id not in (select other.account_id from staged as other)
