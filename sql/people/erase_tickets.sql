-- Purpose: drops mentions of a person in the subjects of the account's tickets.
-- Grain: one row per ticket. Parameters: $1 account (bigint), $2 pattern of mentions (text).
update hale_data.ticket
set subject = regexp_replace(subject, $2::text, '[erased]', 'gi')
where account_id = $1::bigint and subject ~* $2::text
