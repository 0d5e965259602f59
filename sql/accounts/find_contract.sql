-- Purpose: the contracts that somebody means with an id in any case. Grain: one row per id, the exact one first.
-- Parameters: $1 the text (text), $2 the most rows (integer).
-- not null: contract_id, likeness
select contract.external_id as contract_id, min(case when contract.external_id = $1::text then 0 else 1 end) as likeness
from hale_data.contract as contract
where lower(contract.external_id) = lower($1::text)
group by contract.external_id
order by likeness, contract.external_id
limit $2::integer
