-- Purpose: what the renewal probabilities of a day rest on: its scores, and the renewals decided before it.
-- Grain: one row or none. Parameters: $1 day (date).
-- not null: scored_accounts
select
    score_mean, score_deviation, scored_accounts, decided_segments, decided_renewed, decided_renewals
from hale_data.portfolio_day
where day = $1::date
order by recorded_at desc
limit 1
