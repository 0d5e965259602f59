-- Purpose: gives people back what was known of them at an instant, where that is kept. The others stay: who somebody is
--   has no time of its own.
-- Grain: one row per person given back. Parameters: $1 instant (text).
with
image as (
    select distinct on (image.account_id, image.person_id)
        image.account_id, image.person_id, image.role, image.left_on, image.recorded_at
    from hale_data.import_change as change
    cross join lateral jsonb_populate_record(null::hale_data.person, change.before) as image
    where change.table_name = 'person' and image.recorded_at <= $1::text::timestamptz
    order by image.account_id, image.person_id, image.recorded_at desc, change.import_id desc
)
update hale_data.person as person
set role = image.role, left_on = image.left_on, recorded_at = image.recorded_at
from image
where person.account_id = image.account_id and person.person_id = image.person_id
    and person.recorded_at > $1::text::timestamptz
