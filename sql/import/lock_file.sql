-- Purpose: makes imports with the same lock wait for each other, and all of them for an undo or an erasure.
-- Grain: one row. Parameters: $1 lock: the kind, for usage with the file's checksum (text).
-- not null: number
with
shared as materialized (
    select turn.number
    from hale_data.turn
    where turn.area = 'imports'
    for share
),
own as materialized (
    select turn.number
    from hale_data.turn
    where turn.area = 'file' and turn.number = (hashtextextended($1::text, 0) & 1023)::integer
    for update
)
select own.number
from shared
cross join own
