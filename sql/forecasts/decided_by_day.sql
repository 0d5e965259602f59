-- Purpose: renewals decided before a day, by day of decision and segment.
-- Grain: one row per day and segment, in order of both. Parameters: $1 day (date).
-- not null: decided_on, renewed, decided
select
    decision.counted_from as decided_on,
    account.segment,
    (count(*) filter (where decision.outcome = 'renewed'))::integer as renewed,
    count(*)::integer as decided
from hale_data.renewal_decision_on($1::date - 1) as decision
join hale_data.account as account on account.account_id = decision.account_id
group by decision.counted_from, account.segment
order by decision.counted_from, account.segment nulls first
