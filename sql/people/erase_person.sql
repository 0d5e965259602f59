-- Purpose: makes a person nameless. Role and last day stay, because scores of the past rest on them.
-- Grain: one row. Parameters: $1 account, $2 person (bigint).
update hale_data.person
set external_id = null, name = null, email = null, erased_at = now()
where account_id = $1::bigint and person_id = $2::bigint
