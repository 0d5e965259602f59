-- Purpose: makes writers of the same accounts' packed months wait for each other until the transaction
--   ends. Accounts share 1024 turns, taken in one order.
-- Grain: one row per turn.
-- not null: number
select turn.number
from hale_data.turn
where turn.area = 'usage' and turn.number in (select (touched.account_id % 1024)::integer from touched)
order by turn.number
for update of turn
