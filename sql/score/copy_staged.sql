-- Purpose: takes the scores of a day, columns in the order of the staging table.
copy staged_score from stdin (format binary)
