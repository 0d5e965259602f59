-- Purpose: counts a day more of alerts that stay as they are, as their condition held on it.
-- Parameters: $1 day (date), $2 numbers (bigint[]).
update hale_data.alert
set true_days = true_days + 1, evaluated_on = $1::date, before = null
where alert_id = any ($2::bigint[])
