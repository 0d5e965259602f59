-- Purpose: waits for imports of usage that are going on, lets none begin, and makes whoever packs usage of any
--   account wait, all until the transaction ends.
-- Grain: one row per turn.
-- not null: number
select turn.number
from hale_data.turn
where turn.area = 'usage' and turn.number >= -1
order by turn.number
for update
