-- Purpose: lets one evaluation of rules, or one change of alerts by a person, work at a time; freed with the
--   transaction.
-- Grain: one row.
-- not null: number
select turn.number
from hale_data.turn
where turn.area = 'alerts'
for update
