-- Purpose: what the accounts below a parent come to on a day.
-- Grain: one row, or none where its model does not roll up or nothing below it is scored. Parameters: $1 day (date), $2
--   account id (text).
-- not null: roll_up, accounts, arr_minor
select below.roll_up, below.accounts, below.arr_minor, below.score, below.band, below.worst_account_id
from hale.account_roll_up_on($1::date) as below
where below.account_id = $2::text
