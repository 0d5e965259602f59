-- Purpose: takes the problems found while reading a file.
copy problem (line, column_name, reason) from stdin (format binary)
