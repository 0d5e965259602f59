-- Purpose: takes rejected rows.
copy hale_data.import_reject (import_id, line, ordinal, column_name, reason, raw) from stdin (format binary)
