-- Purpose: stores what turns scores into renewal probabilities from a day on; an equal one is not touched.
-- Parameters: $1 day (date), $2 rung, $3 decided renewals, $4 lost ones (integer), $5 segments (text[]), $6 their log
--   odds (float8[]), $7 log odds of others, $8 intercept, $9 slope (float8), $10 dimensions (text[]), $11 their slopes
--   (float8[]), $12 fitted renewals (integer), $13 refusals (text[]), $14 scored accounts and $15 deviation from which
--   the day's mean and deviation hold, $16 mean and $17 deviation that are assumed, $18 probability under notice, $19
--   of what is locked in (float8), $20 base (text), $21 terms of the segments (integer[]), $22 what a renewal adds to
--   the odds there (float8[]), $23 terms of others (integer[]), $24 their log odds, $25 what a renewal adds (float8[]),
--   $26 reasons (text[]).
insert into hale_data.calibration as old (
    day, rung, decided_renewals, lost, segments, segment_log_odds, other_log_odds, intercept, slope, dimensions,
    dimension_slopes, fitted_renewals, refusals, minimum_scored, minimum_deviation, assumed_mean, assumed_deviation,
    notice_probability, locked_in_probability, base, segment_terms, segment_gains, other_terms, other_terms_log_odds,
    other_gains, reasons)
values (
    $1::date, $2::integer, $3::integer, $4::integer, $5::text[], $6::float8[], $7::float8, $8::float8, $9::float8,
    $10::text[], $11::float8[], $12::integer, $13::text[], $14::integer, $15::float8, $16::float8, $17::float8,
    $18::float8, $19::float8, $20::text, $21::integer[], $22::float8[], $23::integer[], $24::float8[], $25::float8[],
    $26::text[])
on conflict (day) do update
set rung = excluded.rung, decided_renewals = excluded.decided_renewals, lost = excluded.lost,
    segments = excluded.segments, segment_log_odds = excluded.segment_log_odds,
    other_log_odds = excluded.other_log_odds, intercept = excluded.intercept, slope = excluded.slope,
    dimensions = excluded.dimensions, dimension_slopes = excluded.dimension_slopes,
    fitted_renewals = excluded.fitted_renewals, refusals = excluded.refusals,
    minimum_scored = excluded.minimum_scored, minimum_deviation = excluded.minimum_deviation,
    assumed_mean = excluded.assumed_mean, assumed_deviation = excluded.assumed_deviation,
    notice_probability = excluded.notice_probability, locked_in_probability = excluded.locked_in_probability,
    base = excluded.base, segment_terms = excluded.segment_terms, segment_gains = excluded.segment_gains,
    other_terms = excluded.other_terms, other_terms_log_odds = excluded.other_terms_log_odds,
    other_gains = excluded.other_gains, reasons = excluded.reasons, recorded_at = excluded.recorded_at
where (
    old.rung, old.decided_renewals, old.lost, old.segments, old.segment_log_odds, old.other_log_odds, old.intercept,
    old.slope, old.dimensions, old.dimension_slopes, old.fitted_renewals, old.refusals, old.minimum_scored,
    old.minimum_deviation, old.assumed_mean, old.assumed_deviation, old.notice_probability,
    old.locked_in_probability, old.base, old.segment_terms, old.segment_gains, old.other_terms,
    old.other_terms_log_odds, old.other_gains, old.reasons
) is distinct from (
    excluded.rung, excluded.decided_renewals, excluded.lost, excluded.segments, excluded.segment_log_odds,
    excluded.other_log_odds, excluded.intercept, excluded.slope, excluded.dimensions, excluded.dimension_slopes,
    excluded.fitted_renewals, excluded.refusals, excluded.minimum_scored, excluded.minimum_deviation,
    excluded.assumed_mean, excluded.assumed_deviation, excluded.notice_probability, excluded.locked_in_probability,
    excluded.base, excluded.segment_terms, excluded.segment_gains, excluded.other_terms, excluded.other_terms_log_odds,
    excluded.other_gains, excluded.reasons
)
