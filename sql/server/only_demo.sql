-- Purpose: whether everything in the database came from one folder. Grain: one row. Parameters: $1 folder (text).
-- not null: is_only_demo
select not exists (
    select from hale_data.import_receipt where not starts_with(file_name, $1::text)
) as is_only_demo
