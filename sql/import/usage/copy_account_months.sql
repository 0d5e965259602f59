-- Purpose: takes what some of the events come to by account and month, day by day.
copy account_month (account_id, month, active_days, events, quantity, named_events)
from stdin (format binary)
