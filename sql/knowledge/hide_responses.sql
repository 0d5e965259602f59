-- Purpose: gives NPS responses back what was known of them at an instant, and takes away those that became known later.
-- Grain: one row per response taken away. Parameters: $1 instant (text).
with
image as (
    select distinct on (image.account_id, image.response_key)
        image.account_id, image.response_key, image.person_id, image.score, image.responded_at, image.recorded_at
    from hale_data.import_change as change
    cross join lateral jsonb_populate_record(null::hale_data.nps_response, change.before) as image
    where change.table_name = 'nps_response' and image.recorded_at <= $1::text::timestamptz
    order by image.account_id, image.response_key, image.recorded_at desc, change.import_id desc
),
restored as (
    update hale_data.nps_response as response
    set person_id = image.person_id, score = image.score, responded_at = image.responded_at,
        recorded_at = image.recorded_at
    from image
    where response.account_id = image.account_id and response.response_key = image.response_key
        and response.recorded_at > $1::text::timestamptz
    returning response.account_id, response.response_key
)
delete from hale_data.nps_response as response
where response.recorded_at > $1::text::timestamptz
    and not exists (
        select from restored
        where restored.account_id = response.account_id and restored.response_key = response.response_key)
