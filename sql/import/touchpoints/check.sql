-- Purpose: reports touchpoints of unknown CSMs.
-- Grain: one problem per row.
insert into problem (line, column_name, reason)
select
    staged.line, 'csm_email',
    'CSM "' || staged.csm_email || '" is not known: import csms first, or use --create-missing csms'
from staged
left join hale_data.csm as csm on csm.email = lower(staged.csm_email)
where staged.csm_email is not null and csm.csm_id is null
