-- Purpose: drops the months of attempts and delivered messages that ended before some days ago.
-- Grain: one row. Parameters: $1 days (integer).
-- not null: dropped
select hale_data.drop_delivery_months((now() at time zone 'UTC')::date - $1::integer) as dropped
