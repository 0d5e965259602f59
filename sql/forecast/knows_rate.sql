-- Purpose: whether amounts of a currency can be told in the reporting currency on a day.
-- Grain: one row. Parameters: $1 currency (text), $2 day (date).
-- not null: is_known
select coalesce(
    hale_data.in_reporting_currency(1000000, $1::text, hale_data.reporting_currency(), $2::date) is not null,
    false) as is_known
