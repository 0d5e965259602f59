-- Purpose: the figures of a model's measures.
-- Grain: one row per account, in order of account_id. Parameters: $1 as of (date).
-- not null: account_id, figures
-- Between the marks stand the expressions, one an element; they passed the guard.
select account_id, array[/*figures*/ null::double precision /*end figures*/] as figures
from hale_data.account_measures_on($1::date)
order by account_id
