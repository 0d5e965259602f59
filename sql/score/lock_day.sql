-- Purpose: lets one run write scores at a time, until the transaction ends.
-- Grain: one row.
-- not null: number
select turn.number
from hale_data.turn
where turn.area = 'scores'
for update
