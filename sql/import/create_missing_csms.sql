-- Purpose: creates the CSMs that the staged rows name and nobody imported; nothing but the address is known of them.
-- Grain: one row per CSM created.
insert into hale_data.csm (email)
select distinct lower(staged.csm_email)
from staged
where staged.csm_email is not null
on conflict (email) do nothing
