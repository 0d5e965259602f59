-- Purpose: the newest NPS responses of all respondents, counted.
-- Grain: one row. Parameters: $1 day (date).
-- not null: promoters, passives, detractors
select
    count(*) filter (where score >= 9) as promoters,
    count(*) filter (where score between 7 and 8) as passives,
    count(*) filter (where score <= 6) as detractors
from hale_data.latest_response_on($1::date)
