-- Purpose: which model each account gets.
-- Grain: one row per account that a condition claims, in order of account_id. Parameters: $1 as of (date).
-- not null: account_id
-- Between the marks stands the number of the first model whose condition holds; the conditions passed the guard.
select chosen.account_id, chosen.choice
from (
    select account_id, /*choice*/ null::integer /*end choice*/ as choice
    from hale_data.account_traits_on($1::date)
) as chosen
where chosen.choice is not null
order by chosen.account_id
