-- Purpose: takes the canonical rows of a file, columns in the order of the kind's staging table.
copy staged from stdin (format binary)
