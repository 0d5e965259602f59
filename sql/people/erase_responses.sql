-- Purpose: drops a person's own NPS comments, and mentions of the person in those of others; the scores stay.
-- Grain: one row per response. Parameters: $1 account, $2 person (bigint), $3 pattern of mentions (text).
update hale_data.nps_response
set comment = case when person_id = $2::bigint then null
        else regexp_replace(comment, $3::text, '[erased]', 'gi') end,
    survey = regexp_replace(survey, $3::text, '[erased]', 'gi'),
    response_key = case when response_key ~* $3::text then 'erased ' || gen_random_uuid() else response_key end
where account_id = $1::bigint
    and (
        (person_id = $2::bigint and comment is not null)
        or comment ~* $3::text or survey ~* $3::text or response_key ~* $3::text)
