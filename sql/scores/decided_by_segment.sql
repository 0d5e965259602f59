-- Purpose: renewals decided before a day, by segment.
-- Grain: one row per segment. Parameters: $1 day (date).
-- not null: renewed, decided
select
    account.segment,
    (count(*) filter (where decision.outcome = 'renewed'))::integer as renewed,
    count(*)::integer as decided
from hale_data.renewal_decision_on($1::date - 1) as decision
join hale_data.account as account on account.account_id = decision.account_id
group by account.segment
order by account.segment nulls first
