-- Purpose: takes days that were smoothed again, columns in the order of the staging table.
copy smoothed_again from stdin (format binary)
