-- Purpose: drops mentions of a person in the names of imported files.
-- Grain: one row per receipt. Parameters: $1 pattern of mentions (text).
update hale_data.import_receipt
set file_name = regexp_replace(file_name, $1::text, '[erased]', 'gi')
where file_name ~* $1::text
