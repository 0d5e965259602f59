-- Purpose: removes what was stored of days on which nothing changes any more.
-- Parameters: $1 first, $2 last day (date), $3 days that stay (date[]).
delete from hale_data.calibration
where day between $1::date and $2::date and day <> all ($3::date[])
