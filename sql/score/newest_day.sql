-- Purpose: the newest finished scored day up to today; one after it, which an older version let pass, is none.
-- Grain: one row. Parameters: $1 today (date; null = today in the organisation's time zone).
select max(day) as day
from hale_data.score_run
where finished_at is not null and day <= coalesce($1::date, hale_data.day_of(now()))
