-- A text as a date, as a cast makes one of it; but the words by which PostgreSQL means a moment of its clock are none.
-- What a mapping casts to a date is read by this.
create or replace function hale_data.plain_date(written text) returns date
language plpgsql stable strict set search_path = pg_catalog as
$$
begin
    if written ~* '(^|[^a-z])(now|today|tomorrow|yesterday)([^a-z]|$)' then
        raise exception '"%" is no date but a moment of the clock', written using errcode = 'invalid_datetime_format';
    end if;
    return written::date;
end
$$;
