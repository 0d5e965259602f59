-- Purpose: an amount in the minor units of its currency; null where it has more decimals than the currency.
-- Grain: one row. Parameters: $1 amount in major units (text), $2 currency (text).
select case when minor = trunc(minor) then minor::bigint end as minor
from (select $1::text::numeric * 10::numeric ^ hale_data.minor_digits($2::text) as minor) as amount
