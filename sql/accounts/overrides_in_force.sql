-- Purpose: the bands that people set and that hold on a day.
-- Grain: one row per account with one. Parameters: $1 day (date), $2 as known at an instant (text; null = now).
-- not null: account_id, band, starts_on, until_on, reason, set_by
select account_id, band, starts_on, until_on, reason, set_by
from hale_data.override_on($1::date, coalesce($2::text::timestamptz, 'infinity'))
