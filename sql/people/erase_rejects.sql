-- Purpose: drops rejected rows that hold a person: those that mention the person, and those that have the person's id
--   and the account's, or a contract's, as fields.
-- Grain: one row per problem dropped. Parameters: $1 pattern of mentions, $2 of the id as a field, $3 of the account's
--   (text).
delete from hale_data.import_reject as reject
using (
    select import_id, line
    from hale_data.import_reject
    where raw ~* $1::text or reason ~* $1::text or (raw ~ $2::text and raw ~ $3::text)
) as holding
where reject.import_id = holding.import_id and reject.line = holding.line
