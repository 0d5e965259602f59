-- Purpose: streams what was known of decided renewals into the staging table.
copy staged_evidence from stdin (format binary)
