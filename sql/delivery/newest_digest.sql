-- Purpose: the day of the newest digest before a day, of a CSM or of everybody.
-- Grain: one row; its day is null where there was none. Parameters: $1 day (date), $2 e-mail of the CSM, null for
--   everybody (text).
select max(digest.day) as day
from hale_data.digest as digest
left join hale_data.csm as csm on csm.csm_id = digest.csm_id
where digest.kind = 'daily' and digest.day < $1::date and csm.email is not distinct from lower($2::text)
