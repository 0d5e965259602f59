-- Purpose: what changed since a run that every score depends on.
-- Grain: one row per kind of fact or setting. Parameters: $1 what the run saw (text of a pg_snapshot).
-- not null: what
select what
from hale_data.common_change
where not pg_visible_in_snapshot(changed_by, $1::text::pg_snapshot)
order by what
