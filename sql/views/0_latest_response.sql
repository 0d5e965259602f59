-- The newest response of each respondent in the 730 days before a day, for which a model may count it at most; one
-- without a person stands for itself.
-- Grain: one row per account and respondent. The zone is asked for once, not for every row.
create or replace function hale_data.latest_response_on(as_of date)
returns table (account_id bigint, score smallint, role text, age_days integer)
language sql stable as
$$
    select distinct on (
        response.account_id, response.person_id,
        case when response.person_id is null then response.response_key end)
        response.account_id,
        response.score,
        coalesce(person.role, 'unknown'),
        as_of - (response.responded_at at time zone (select hale_data.time_zone()))::date
    from hale_data.nps_response as response
    left join hale_data.person as person
        on person.account_id = response.account_id and person.person_id = response.person_id
    where response.responded_at < (select hale_data.day_start(as_of))
        and response.responded_at >= (select hale_data.day_start(as_of - 730))
    order by
        response.account_id, response.person_id,
        case when response.person_id is null then response.response_key end,
        response.responded_at desc, response.response_key desc
$$;
