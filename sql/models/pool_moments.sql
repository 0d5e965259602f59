-- Purpose: mean and deviation of a day's scores over the accounts of all its models, which share its renewals.
-- Parameters: $1 day (date), $2 hashes of the models (text[]).
with
scored as (
    select
        sum(scored_accounts) as accounts,
        sum(scored_accounts * score_mean) / nullif(sum(scored_accounts), 0) as mean
    from hale_data.portfolio_day
    where day = $1::date and model_hash = any ($2::text[])
),
pooled as (
    select
        scored.accounts::integer as accounts,
        min(scored.mean) as mean,
        sqrt(
            sum(
                greatest(own.scored_accounts - 1, 0) * coalesce(own.score_deviation, 0) ^ 2
                + own.scored_accounts * (coalesce(own.score_mean, 0) - coalesce(scored.mean, 0)) ^ 2)
            / nullif(scored.accounts - 1, 0)) as deviation
    from hale_data.portfolio_day as own
    cross join scored
    where own.day = $1::date and own.model_hash = any ($2::text[])
    group by scored.accounts
)
update hale_data.portfolio_day as own
set score_mean = pooled.mean, score_deviation = pooled.deviation, scored_accounts = pooled.accounts
from pooled
where own.day = $1::date and own.model_hash = any ($2::text[])
