-- Purpose: reads instants without an offset in the organisation's time zone until the transaction ends.
select set_config('TimeZone', hale_data.time_zone(), true) as zone
