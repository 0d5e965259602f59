-- Purpose: which model each account gets, where a condition fails for some: those say which, and why.
-- Grain: one row per account that a condition claims or fails for, in order of account_id.
-- Parameters: $1 as of (date), $2 the conditions in order (text[]); they passed the guard.
-- not null: account_id
select account_id, choice, failed, problem
from hale_data.try_conditions($1::date, $2::text[])
order by account_id
