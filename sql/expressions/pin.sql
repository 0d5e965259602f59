-- Purpose: what expressions are evaluated under until the transaction ends, whatever the server, the database or the
--   role says: how dates, numbers and intervals are read and written, what equals null, and whose functions are meant.
-- Grain: one row.
select
    set_config('DateStyle', 'ISO, MDY', true) as date_style,
    set_config('TimeZone', 'UTC', true) as time_zone,
    set_config('IntervalStyle', 'postgres', true) as interval_style,
    set_config('extra_float_digits', '1', true) as float_digits,
    set_config('lc_numeric', 'C', true) as numeric_locale,
    set_config('lc_monetary', 'C', true) as monetary_locale,
    set_config('lc_time', 'C', true) as time_locale,
    set_config('transform_null_equals', 'off', true) as null_equals,
    set_config('standard_conforming_strings', 'on', true) as plain_strings,
    set_config('search_path', 'pg_catalog', true) as functions
