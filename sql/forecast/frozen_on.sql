-- Purpose: when the newest frozen forecast of some days was frozen.
-- Grain: one row; null where none was. Parameters: $1 first, $2 last day (date).
select to_char(max(frozen_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as frozen_at
from hale_data.frozen_forecast
where day between $1::date and $2::date
