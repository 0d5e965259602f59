-- Purpose: takes usage events that carry no id.
copy hale_data.usage_event (
    account_id, day, occurred_at, person_id, feature_id, quantity, recorded_at, line, import_id
) from stdin (format binary)
