-- Purpose: takes the tasks of a day, columns in the order of the staging table.
copy staged_task from stdin (format binary)
