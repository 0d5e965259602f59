-- Purpose: lets one night, or one change of tasks by a person, work at a time; freed with the transaction.
-- Grain: one row.
-- not null: number
select turn.number
from hale_data.turn
where turn.area = 'tasks'
for update
