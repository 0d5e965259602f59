-- Purpose: lets rows wait a while longer. Grain: one row per outbox row.
-- Parameters: $1 outbox rows (bigint[]), $2 seconds (integer[]).
update hale_data.outbox as waiting
set not_before = now() + later.seconds * interval '1 second'
from unnest($1::bigint[], $2::integer[]) as later (outbox_id, seconds)
where waiting.outbox_id = later.outbox_id and waiting.flushed_at is null
