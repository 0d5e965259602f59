-- Purpose: how often each score is the newest response of a respondent, over all accounts.
-- Grain: one row per score. Parameters: $1 as of (date).
-- not null: score, responses
select response.score, count(*) as responses
from hale_data.latest_response_on($1::date) as response
group by response.score
order by response.score
