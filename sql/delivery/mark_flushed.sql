-- Purpose: notes of outbox rows which delivery tells of them, or why none does.
-- Grain: one row per outbox row. Parameters: $1 outbox rows, $2 deliveries or null (bigint[]), $3 reasons or null
--   (text[]).
update hale_data.outbox as waiting
set flushed_at = now(), delivery_id = done.delivery_id, dropped_reason = done.reason
from unnest($1::bigint[], $2::bigint[], $3::text[]) as done (outbox_id, delivery_id, reason)
where waiting.outbox_id = done.outbox_id and waiting.flushed_at is null
