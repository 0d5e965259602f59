-- Purpose: drops rejected rows that hold a person and that were imported again, as they are kept for an undo.
-- Grain: one row per problem dropped. Parameters: $1 pattern of mentions, $2 of the id as a field, $3 of the account's
--   (text).
delete from hale_data.import_change
where table_name = 'import_reject'
    and (
        before ->> 'raw' ~* $1::text or before ->> 'reason' ~* $1::text
        or (before ->> 'raw' ~ $2::text and before ->> 'raw' ~ $3::text))
