-- Purpose: makes the partitions of this month and the next by the database's own clock, so that the turn of the month
--   finds its own. Grain: one row. Parameters: none.
-- not null: this_month, next_month
select
    hale_data.ensure_month('delivery_attempt', (now() at time zone 'UTC')::date) is null as this_month,
    hale_data.ensure_month('delivery_attempt', ((now() at time zone 'UTC')::date + interval '1 month')::date) is null
        as next_month
