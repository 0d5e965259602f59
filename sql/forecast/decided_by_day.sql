-- Purpose: renewals decided before a day whose date has come, by the day from which they count, segment, term and
--   number. A term that was cut short counts from its renewal date on, beside those of the same date that went on:
--   earlier, a young book would show its losses and not its survivors.
-- Grain: one row per day, segment, term and number, in order of these. Parameters: $1 day (date).
-- not null: decided_on, term, renewal_number, renewed, decided
select
    greatest(decision.counted_from, decision.renewal_on) as decided_on,
    account.segment,
    coalesce(terms.term, 12) as term,
    decision.renewal_number,
    (count(*) filter (where decision.outcome = 'renewed'))::integer as renewed,
    count(*)::integer as decided
from hale_data.renewal_decision_on($1::date - 1) as decision
join hale_data.account as account on account.account_id = decision.account_id
left join hale_data.renewal_term_on($1::date - 1) as terms
    on terms.account_id = decision.account_id and terms.contract_id = decision.contract_id
where decision.renewal_on < $1::date
group by
    greatest(decision.counted_from, decision.renewal_on), account.segment, coalesce(terms.term, 12),
    decision.renewal_number
order by
    greatest(decision.counted_from, decision.renewal_on), account.segment nulls first, coalesce(terms.term, 12),
    decision.renewal_number
