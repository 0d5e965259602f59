-- Purpose: marks what is kept of decided renewals as found by no model in force, so that all are looked at again.
-- Grain: one row per renewal. Parameters: $1 days before (integer).
update hale_data.renewal_evidence
set models = ''
where lead_days = $1::integer
