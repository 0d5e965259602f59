-- Purpose: takes what some of the events come to by account and day.
copy account_day (account_id, day, events, quantity, named_events) from stdin (format binary)
