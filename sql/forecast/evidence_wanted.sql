-- Purpose: decided renewals of which it is not kept what was known some days before: before the decision or the term's
--   end, whichever came first.
-- Grain: one row per renewal, the newest snapshot first. Parameters: $1 days before (integer), $2 models (text).
-- not null: account_id, contract_id, external_id, renewal_on, snapshot_on, tenure_days, is_known
select
    decision.account_id, decision.contract_id, known.external_id, decision.renewal_on, snapshot.day as snapshot_on,
    account.segment, snapshot.day - first.starts_on as tenure_days,
    exists (
        select from hale_data.contract_version as version
        where version.account_id = decision.account_id and version.contract_id = decision.contract_id
            and version.recorded_at <= hale_data.day_start(snapshot.day)
    ) as is_known
from hale_data.renewal_decision_on(hale_data.day_of(now())) as decision
join hale_data.contract as known
    on known.account_id = decision.account_id and known.contract_id = decision.contract_id
join hale_data.account as account on account.account_id = decision.account_id
cross join lateral (
    select least(decision.renewal_on, decision.decided_on) - $1::integer as day
) as snapshot
cross join lateral (
    select min(version.starts_on) as starts_on
    from hale_data.contract_version as version
    where version.account_id = decision.account_id
) as first
left join hale_data.renewal_evidence as kept
    on kept.account_id = decision.account_id and kept.contract_id = decision.contract_id
    and kept.renewal_on = decision.renewal_on and kept.lead_days = $1::integer
    and kept.snapshot_on = snapshot.day and kept.models = $2::text
where kept.account_id is null
order by snapshot.day desc, decision.account_id, decision.contract_id
