-- Purpose: mean and deviation of the scores of a day, which its renewal probabilities rest on.
-- Grain: one row or none. Parameters: $1 day (date).
-- not null: scored_accounts
select score_mean, score_deviation, scored_accounts
from hale_data.portfolio_day
where day = $1::date
order by recorded_at desc
limit 1
