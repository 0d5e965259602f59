-- Purpose: the newest response of each respondent of accounts.
-- Grain: one row per respondent, in order of account_id.
-- Parameters: $1 as of (date), $2 first, $3 last account, $4 account ids (bigint[]; null = all of the range).
-- not null: account_id, score, role, age_days
select response.account_id, response.score, response.role, response.age_days
from hale_data.latest_response_on($1::date) as response
where response.account_id between $2::bigint and $3::bigint
    and ($4::bigint[] is null or response.account_id = any ($4::bigint[]))
order by response.account_id
