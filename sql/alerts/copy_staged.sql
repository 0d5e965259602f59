-- Purpose: takes the alerts of a day, columns in the order of the staging table.
copy staged_alert from stdin (format binary)
