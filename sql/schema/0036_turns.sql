-- Turns: what writers wait for, as rows of a table that readers cannot reach. Advisory locks did the same, but whoever
-- may connect can take those, and so bring Hale to a standstill.
create table hale_data.turn (
    area text not null,
    number integer not null,
    primary key (area, number)
);
comment on table hale_data.turn is
    'local: one row per thing that one transaction at a time may do; a transaction locks the row and changes nothing';

-- Usage: 0 to 1023 for accounts that share a number, -1 the time zone, -2 new account keys. Files: one of 1024 by the
-- lock of the import. Imports: taken together by imports, alone by an undo or an erasure.
insert into hale_data.turn (area, number)
select 'usage', number from generate_series(-2, 1023) as number
union all
select 'file', number from generate_series(0, 1023) as number
union all
values ('imports', 0), ('scores', 0), ('alerts', 0), ('partition', 0), ('partition', 1), ('partition', 2);

-- As in the migration before, but for the lock.
create or replace function hale_data.ensure_month(parent text, day date) returns void
language plpgsql security definer set search_path = hale_data, pg_temp as
$$
declare
    first date := date_trunc('month', day)::date;
    parents text[] := case parent
        when 'usage_event' then array['usage_event', 'usage_month', 'person_month', 'feature_month']
        when 'health_score' then array['health_score']
        when 'delivery_attempt' then array['delivery_attempt', 'delivery_archive']
    end;
    suffix text := '_' || to_char(day, 'YYYY_MM');
    one text;
begin
    if parents is null then
        raise exception 'no monthly partitions for %', parent;
    end if;
    foreach one in array parents loop
        continue when to_regclass('hale_data.' || one || suffix) is not null;
        perform
        from hale_data.turn
        where area = 'partition'
            and number = case parent when 'usage_event' then 0 when 'health_score' then 1 else 2 end
        for update;
        -- Asked of the catalogue itself: what to_regclass remembers of before the wait may be out of date.
        continue when exists (
            select from pg_catalog.pg_class as class
            where class.relname = one || suffix and class.relnamespace = 'hale_data'::regnamespace);
        execute format('create table hale_data.%I (like hale_data.%I including all)', one || suffix, one);
        execute format(
            'alter table hale_data.%I attach partition hale_data.%I for values from (%L) to (%L)',
            one, one || suffix, first, (first + interval '1 month')::date);
    end loop;
end
$$;
