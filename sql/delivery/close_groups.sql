-- Purpose: notes that groups were told now, and when they are told again; or, where nothing was told, that nothing is
--   to be repeated. Grain: one row per group. Parameters: $1 groups (bigint[]), $2 whether they were told (boolean[]).
update hale_data.alert_group as told
set flushed_at = case when done.was_told then now() else told.flushed_at end,
    repeat_at = case when done.was_told then now() + told.repeat_seconds * interval '1 second' end
from unnest($1::bigint[], $2::boolean[]) as done (group_id, was_told)
where told.group_id = done.group_id
