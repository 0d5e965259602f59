-- Purpose: the figures of a model's measures, where one fails for some accounts: those say which, and why.
-- Grain: one row per account, in order of account_id. Parameters: $1 as of (date), $2 the expressions (text[]); they
--   passed the guard.
-- not null: account_id, figures
select account_id, figures, failed, problem
from hale_data.try_measures($1::date, $2::text[])
order by account_id
