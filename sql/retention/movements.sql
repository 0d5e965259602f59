-- Purpose: what became of each account's ARR in a period.
-- Grain: one row per account with ARR at either end, in order of its id. Parameters: $1 first day, $2 day after the
--   last one, $3 the day seen (date).
-- not null: account_id, account
select
    account.external_id as account_id, account.name as account, movement.segment, movement.csm, movement.start_minor,
    movement.new_minor, movement.returned_minor, movement.expansion_minor, movement.contraction_minor,
    movement.churned_minor, movement.undecided_minor, movement.end_minor
from hale_data.arr_movement_of(array[$1::date], array[$2::date], $3::date) as movement
join hale_data.account as account on account.account_id = movement.account_id
order by account.external_id
