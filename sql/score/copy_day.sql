-- Purpose: takes the scores of a day of which nothing is stored, straight into its partition.
copy hale_data.health_score (
    account_id,
    score, baseline, clip, low, high, coverage, rescaling, x, c, mu, points, smoothed_score,
    smoothed_baseline, smoothed_clip, smoothed_points, computed_band, band, reasons, days_in_band,
    days_on_other_side, runs_below, cliff_since, decline_since, rise_since, champion_left_since,
    detractor_since, contract_state, urgency, days_to_decision, decision_on, arr_minor, facts,
    texts,
    day, model_hash, run_id
) from stdin (format binary)
