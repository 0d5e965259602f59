-- Purpose: makes the stored scores of a day equal to the staged ones; equal rows are not touched.
-- Grain: one row of counts. Parameters: $1 day (date), $2 model (text), $3 run (bigint), $4 whether staged
--   holds every account.
-- not null: inserted, updated, deleted
with
-- A partitioned table does not tell new rows from replaced ones, so what was there is noted first.
existing as materialized (
    select old.account_id
    from hale_data.health_score as old
    where old.day = $1::date and old.model_hash = $2::text
),
gone as (
    delete from hale_data.health_score as old
    where old.day = $1::date and old.model_hash = $2::text and $4::boolean
        and not exists (select from staged_score as staged where staged.account_id = old.account_id)
    returning old.account_id
),
changed as (
    insert into hale_data.health_score as old (
        account_id, day, model_hash, score, baseline, clip, low, high, coverage, rescaling, x, c, mu, points,
        smoothed_score, smoothed_baseline, smoothed_clip, smoothed_points, computed_band, band, reasons,
        days_in_band, days_on_other_side, runs_below, cliff_since, decline_since, rise_since, champion_left_since,
        detractor_since, contract_state, urgency, days_to_decision, decision_on, arr_minor,
        facts, texts, run_id)
    select
        account_id, $1::date, $2::text, score, baseline, clip, low, high, coverage, rescaling, x, c, mu, points,
        smoothed_score, smoothed_baseline, smoothed_clip, smoothed_points, computed_band, band, reasons,
        days_in_band, days_on_other_side, runs_below, cliff_since, decline_since, rise_since, champion_left_since,
        detractor_since, contract_state, urgency, days_to_decision, decision_on, arr_minor,
        facts, texts, $3::bigint
    from staged_score
    on conflict (account_id, day, model_hash) do update
    set score = excluded.score, baseline = excluded.baseline, clip = excluded.clip, low = excluded.low,
        high = excluded.high, coverage = excluded.coverage, rescaling = excluded.rescaling, x = excluded.x,
        c = excluded.c, mu = excluded.mu, points = excluded.points, smoothed_score = excluded.smoothed_score,
        smoothed_baseline = excluded.smoothed_baseline, smoothed_clip = excluded.smoothed_clip,
        smoothed_points = excluded.smoothed_points, computed_band = excluded.computed_band, band = excluded.band,
        reasons = excluded.reasons, days_in_band = excluded.days_in_band,
        days_on_other_side = excluded.days_on_other_side, runs_below = excluded.runs_below,
        cliff_since = excluded.cliff_since, decline_since = excluded.decline_since,
        rise_since = excluded.rise_since, champion_left_since = excluded.champion_left_since,
        detractor_since = excluded.detractor_since, contract_state = excluded.contract_state,
        urgency = excluded.urgency, days_to_decision = excluded.days_to_decision,
        decision_on = excluded.decision_on, arr_minor = excluded.arr_minor,
        facts = excluded.facts, texts = excluded.texts,
        run_id = excluded.run_id, recorded_at = excluded.recorded_at
    where (
        old.score, old.baseline, old.clip, old.low, old.high, old.coverage, old.rescaling, old.x, old.c, old.mu,
        old.points, old.smoothed_score, old.smoothed_baseline, old.smoothed_clip, old.smoothed_points,
        old.computed_band, old.band, old.reasons, old.days_in_band, old.days_on_other_side, old.runs_below,
        old.cliff_since, old.decline_since, old.rise_since, old.champion_left_since, old.detractor_since,
        old.contract_state, old.urgency, old.days_to_decision, old.decision_on, old.arr_minor,
        old.facts, old.texts
    ) is distinct from (
        excluded.score, excluded.baseline, excluded.clip, excluded.low, excluded.high, excluded.coverage,
        excluded.rescaling, excluded.x, excluded.c, excluded.mu, excluded.points, excluded.smoothed_score,
        excluded.smoothed_baseline, excluded.smoothed_clip, excluded.smoothed_points, excluded.computed_band,
        excluded.band, excluded.reasons, excluded.days_in_band, excluded.days_on_other_side, excluded.runs_below,
        excluded.cliff_since, excluded.decline_since, excluded.rise_since, excluded.champion_left_since,
        excluded.detractor_since, excluded.contract_state, excluded.urgency, excluded.days_to_decision,
        excluded.decision_on, excluded.arr_minor, excluded.facts, excluded.texts
    )
    returning old.account_id
)
select
    count(*) filter (where existing.account_id is null) as inserted,
    count(existing.account_id) as updated,
    (select count(*) from gone) as deleted
from changed
left join existing on existing.account_id = changed.account_id
