-- Purpose: the renewals decided before a day with what was known of them some days before.
-- Grain: one row per renewal, in order of the decision. Parameters: $1 day (date), $2 days before (integer).
-- not null: account_id, decided_on, is_renewed, snapshot_on, scored_accounts, dimensions, points, mean_points, band
-- not null: tenure_days, is_known, is_open, notice_given, term, renewal_number, renewal_on
select
    evidence.account_id, evidence.segment, decision.decided_on, decision.outcome = 'renewed' as is_renewed,
    evidence.snapshot_on, evidence.score, evidence.score_mean, evidence.score_deviation, evidence.scored_accounts,
    evidence.dimensions, evidence.points, evidence.mean_points, evidence.band, evidence.tenure_days,
    evidence.is_open or exists (
        select from hale_data.contract_version as version
        where version.account_id = evidence.account_id and version.contract_id = evidence.contract_id
            and version.recorded_at <= hale_data.day_start(evidence.snapshot_on)
    ) as is_known,
    evidence.is_open, evidence.notice_given, coalesce(terms.term, 12) as term, decision.renewal_number,
    decision.renewal_on
from hale_data.renewal_evidence as evidence
join hale_data.renewal_decision_on($1::date - 1) as decision
    on decision.account_id = evidence.account_id and decision.contract_id = evidence.contract_id
    and decision.renewal_on = evidence.renewal_on
left join hale_data.renewal_term_on($1::date - 1) as terms
    on terms.account_id = evidence.account_id and terms.contract_id = evidence.contract_id
where evidence.lead_days = $2::integer
    -- A decision that was corrected since asks for another snapshot.
    and evidence.snapshot_on = least(decision.renewal_on, decision.decided_on) - evidence.lead_days
order by decision.decided_on, evidence.account_id, evidence.contract_id, evidence.renewal_on
