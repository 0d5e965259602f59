-- The newest finished scored day, else today in the organisation's time zone.
create or replace function hale_data.newest_day() returns date
language sql stable as
$$
    select coalesce(
        (select max(day) from hale_data.score_run where finished_at is not null),
        hale_data.day_of(now()))
$$;

-- Whether rows of a CSM may be seen: without hale.csm set all may, else only that CSM's.
create or replace function hale_data.may_see(csm_email text) returns boolean
language sql stable as
$$ select coalesce(nullif(current_setting('hale.csm', true), ''), csm_email) is not distinct from csm_email $$;
