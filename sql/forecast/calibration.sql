-- Purpose: what turns scores into renewal probabilities on a day.
-- Grain: one row or none. Parameters: $1 day (date).
-- not null: rung, decided_renewals, lost, segments, segment_log_odds, other_log_odds, intercept, slope, dimensions
-- not null: dimension_slopes, fitted_renewals, refusals, segment_terms, segment_gains, other_terms
-- not null: other_terms_log_odds, other_gains, reasons
select
    rung, decided_renewals, lost, segments, segment_log_odds, other_log_odds, intercept, slope, dimensions,
    dimension_slopes, fitted_renewals, refusals, base, segment_terms, segment_gains, other_terms,
    other_terms_log_odds, other_gains, reasons
from hale_data.calibration
where day <= $1::date
order by day desc
limit 1
