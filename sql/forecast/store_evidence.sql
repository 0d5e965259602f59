-- Purpose: keeps what was known of decided renewals in the place of what was kept of them before.
-- Parameters: none.
insert into hale_data.renewal_evidence as old (
    account_id, contract_id, renewal_on, lead_days, snapshot_on, segment, score, score_mean, score_deviation,
    scored_accounts, dimensions, points, mean_points, band, tenure_days, is_open, notice_given, models)
select
    account_id, contract_id, renewal_on, lead_days, snapshot_on, segment, score, score_mean, score_deviation,
    scored_accounts, dimensions, points, mean_points, band, tenure_days, is_open, notice_given, models
from staged_evidence
on conflict (account_id, contract_id, renewal_on, lead_days) do update
set snapshot_on = excluded.snapshot_on, segment = excluded.segment, score = excluded.score,
    score_mean = excluded.score_mean, score_deviation = excluded.score_deviation,
    scored_accounts = excluded.scored_accounts, dimensions = excluded.dimensions, points = excluded.points,
    mean_points = excluded.mean_points, band = excluded.band, tenure_days = excluded.tenure_days,
    is_open = excluded.is_open, notice_given = excluded.notice_given, models = excluded.models,
    recorded_at = excluded.recorded_at
