-- Purpose: the CSMs for each of whom a digest may be made. Grain: one row per CSM, in order of e-mail. Parameters:
--   none.
-- not null: email
select csm.email
from hale_data.csm as csm
order by csm.email
