-- Purpose: turns the last day covered by each term of a file into the day after it, which is the one that is stored.
-- Parameters: none.
update staged
set ends_on = (ends_on::date + 1)::text
where ends_on is not null
