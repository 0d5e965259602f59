-- Purpose: waits until no import is going on, and lets none begin until the transaction ends.
-- Grain: one row.
-- not null: number
select turn.number
from hale_data.turn
where turn.area = 'imports'
for update
