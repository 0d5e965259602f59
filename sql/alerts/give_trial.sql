-- Purpose: leaves what the signals of some accounts would be in a setting of the transaction, for
--   alerts/try_conditions.
-- Grain: one row. Parameters: $1 array of objects, as in alerts/trial (text, JSON).
select set_config('hale.trial', $1::text, true) as trial
