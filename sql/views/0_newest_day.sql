-- The newest finished scored day up to today, else today, both in the organisation's time zone. A scored day after
-- today, which an older version let pass, is nobody's newest.
-- It runs as its owner, so that readers of the views need no right to the tables.
create or replace function hale.newest_day() returns date
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select coalesce(
        (
            select max(day)
            from hale_data.score_run
            where finished_at is not null and day <= hale_data.day_of(now())
        ),
        hale_data.day_of(now()))
$$;

-- Whether rows of a CSM may be seen: without hale.csm set all may, else only that CSM's.
create or replace function hale_data.may_see(csm_email text) returns boolean
language sql stable as
$$ select coalesce(nullif(lower(current_setting('hale.csm', true)), ''), csm_email) is not distinct from csm_email $$;

-- An amount in major units with the decimals of its currency.
create or replace function hale_data.major(minor bigint, currency text) returns numeric
language sql immutable as
$$
    select round(minor / 10::numeric ^ hale_data.minor_digits(currency), hale_data.minor_digits(currency))
$$;
