-- Purpose: when the forecast of a day was frozen.
-- Grain: one row; null where it was not. Parameters: $1 day (date).
select to_char(min(frozen_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as frozen_at
from hale_data.forecast_snapshot
where day = $1::date
