-- Purpose: makes the stored scores of a day equal to the staged ones; equal rows are not touched.
-- Grain: one row of counts. Parameters: $1 day (date), $2 model (text), $3 run (bigint), $4 whether staged
--   holds every account.
-- not null: inserted, updated, deleted
-- Rows are compared in a join: an upsert would lock, and so rewrite, every row that it then leaves as it is.
with
gone as (
    delete from hale_data.health_score as old
    where old.day = $1::date and old.model_hash = $2::text and $4::boolean
        and not exists (select from staged_score as new where new.account_id = old.account_id)
    returning old.account_id
),
updated as (
    update hale_data.health_score as old
    set
        score = new.score, baseline = new.baseline, clip = new.clip, low = new.low,
        high = new.high, coverage = new.coverage, rescaling = new.rescaling, x = new.x, c = new.c,
        mu = new.mu, points = new.points, smoothed_score = new.smoothed_score,
        smoothed_baseline = new.smoothed_baseline, smoothed_clip = new.smoothed_clip,
        smoothed_points = new.smoothed_points, computed_band = new.computed_band, band = new.band,
        reasons = new.reasons, days_in_band = new.days_in_band,
        days_on_other_side = new.days_on_other_side, runs_below = new.runs_below,
        cliff_since = new.cliff_since, decline_since = new.decline_since,
        rise_since = new.rise_since, champion_left_since = new.champion_left_since,
        detractor_since = new.detractor_since, contract_state = new.contract_state,
        urgency = new.urgency, days_to_decision = new.days_to_decision,
        decision_on = new.decision_on, arr_minor = new.arr_minor, facts = new.facts,
        texts = new.texts,
        run_id = $3::bigint, recorded_at = now()
    from staged_score as new
    where old.account_id = new.account_id and old.day = $1::date and old.model_hash = $2::text
        and row(
            old.score, old.baseline, old.clip, old.low, old.high, old.coverage, old.rescaling,
            old.x, old.c, old.mu, old.points, old.smoothed_score, old.smoothed_baseline,
            old.smoothed_clip, old.smoothed_points, old.computed_band, old.band, old.reasons,
            old.days_in_band, old.days_on_other_side, old.runs_below, old.cliff_since,
            old.decline_since, old.rise_since, old.champion_left_since, old.detractor_since,
            old.contract_state, old.urgency, old.days_to_decision, old.decision_on, old.arr_minor,
            old.facts, old.texts
        ) is distinct from row(
            new.score, new.baseline, new.clip, new.low, new.high, new.coverage, new.rescaling,
            new.x, new.c, new.mu, new.points, new.smoothed_score, new.smoothed_baseline,
            new.smoothed_clip, new.smoothed_points, new.computed_band, new.band, new.reasons,
            new.days_in_band, new.days_on_other_side, new.runs_below, new.cliff_since,
            new.decline_since, new.rise_since, new.champion_left_since, new.detractor_since,
            new.contract_state, new.urgency, new.days_to_decision, new.decision_on, new.arr_minor,
            new.facts, new.texts
        )
    returning old.account_id
),
inserted as (
    insert into hale_data.health_score (
        account_id,
        score, baseline, clip, low, high, coverage, rescaling, x, c, mu, points, smoothed_score,
        smoothed_baseline, smoothed_clip, smoothed_points, computed_band, band, reasons,
        days_in_band, days_on_other_side, runs_below, cliff_since, decline_since, rise_since,
        champion_left_since, detractor_since, contract_state, urgency, days_to_decision,
        decision_on, arr_minor, facts, texts,
        day, model_hash, run_id)
    select
        new.account_id,
        new.score, new.baseline, new.clip, new.low, new.high, new.coverage, new.rescaling, new.x,
        new.c, new.mu, new.points, new.smoothed_score, new.smoothed_baseline, new.smoothed_clip,
        new.smoothed_points, new.computed_band, new.band, new.reasons, new.days_in_band,
        new.days_on_other_side, new.runs_below, new.cliff_since, new.decline_since, new.rise_since,
        new.champion_left_since, new.detractor_since, new.contract_state, new.urgency,
        new.days_to_decision, new.decision_on, new.arr_minor, new.facts, new.texts,
        $1::date, $2::text, $3::bigint
    from staged_score as new
    where not exists (
        select from hale_data.health_score as old
        where old.account_id = new.account_id and old.day = $1::date and old.model_hash = $2::text)
    returning account_id
)
select
    (select count(*) from inserted) as inserted,
    (select count(*) from updated) as updated,
    (select count(*) from gone) as deleted
