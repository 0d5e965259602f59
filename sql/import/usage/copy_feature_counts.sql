-- Purpose: takes what some of the events come to by account, month and feature.
copy feature_count (account_id, month, feature_id, active_days, events, quantity) from stdin (format binary)
