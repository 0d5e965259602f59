-- Purpose: takes the rows of a file that a mapping's expressions are evaluated over.
copy import_source from stdin (format binary)
