-- Purpose: gives people back what an import overwrote, the import that had written them before included.
-- Grain: one row per row given back. Parameters: $1 receipt (bigint).
update hale_data.person as person
set name = image.name, email = image.email, role = image.role, left_on = image.left_on,
    recorded_at = image.recorded_at, import_id = image.import_id
from hale_data.import_change as change
cross join lateral jsonb_populate_record(null::hale_data.person, change.before) as image
where change.import_id = $1::bigint and change.table_name = 'person'
    and person.account_id = image.account_id and person.person_id = image.person_id
