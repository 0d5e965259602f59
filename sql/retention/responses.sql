-- Purpose: the newest NPS responses of all respondents, counted. The figure is the portfolio's, not an account's, so
--   the usual model says who is a promoter, and for how long a response counts.
-- Grain: one row. Parameters: $1 day (date), $2 segment (text; null = all).
-- not null: promoters, passives, detractors
select
    count(*) filter (where response.score >= model.nps_promoter_score) as promoters,
    count(*) filter (
        where response.score >= model.nps_passive_score and response.score < model.nps_promoter_score) as passives,
    count(*) filter (
        where response.score < least(model.nps_passive_score, model.nps_promoter_score)) as detractors
from hale_data.latest_response_on($1::date) as response
join hale_data.account as account on account.account_id = response.account_id
join hale_data.model_on($1::date) as model on model.number = 1
where response.age_days <= model.nps_maximum_age_days
    and ($2::text is null or account.segment = $2::text)
