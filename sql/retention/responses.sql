-- Purpose: the newest NPS responses of all respondents, counted.
-- Grain: one row. Parameters: $1 day (date), $2 segment (text; null = all).
-- not null: promoters, passives, detractors
select
    count(*) filter (where response.score >= 9) as promoters,
    count(*) filter (where response.score between 7 and 8) as passives,
    count(*) filter (where response.score <= 6) as detractors
from hale_data.latest_response_on($1::date) as response
join hale_data.account as account on account.account_id = response.account_id
where $2::text is null or account.segment = $2::text
