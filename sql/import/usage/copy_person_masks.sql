-- Purpose: takes the active days of people by month.
copy person_mask (account_id, month, person_id, active_days) from stdin (format binary)
