-- Purpose: takes usage events that carry an id, which may be known already.
copy identified (
    account_id, day, occurred_at, person_id, feature_id, quantity, recorded_at, line, event_id, raw
) from stdin (format binary)
