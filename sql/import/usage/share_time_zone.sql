-- Purpose: keeps the organisation's time zone as it is while usage is counted into days, until the transaction ends.
-- Grain: one row.
-- not null: number
select turn.number
from hale_data.turn
where turn.area = 'usage' and turn.number = -1
for share
