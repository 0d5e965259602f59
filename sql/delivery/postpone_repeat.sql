-- Purpose: lets repetitions wait a while longer. Grain: one row per group.
-- Parameters: $1 groups (bigint[]), $2 seconds (integer[]).
update hale_data.alert_group as told
set repeat_at = now() + later.seconds * interval '1 second'
from unnest($1::bigint[], $2::integer[]) as later (group_id, seconds)
where told.group_id = later.group_id
