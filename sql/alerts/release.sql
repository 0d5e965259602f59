-- Purpose: ends the fleet guard's hold of a rule. Grain: one row or none.
-- Parameters: $1 rule, $2 who releases it (text). The day is the one on which it was evaluated last.
-- not null: evaluated_on
update hale_data.alert_rule
set held_since = null, released_by = $2::text, released_at = now(), released_on = evaluated_on
where rule = $1::text and held_since is not null
returning evaluated_on
