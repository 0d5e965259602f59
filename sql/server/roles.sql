-- The roles of Hale, run as a superuser; existing ones are kept.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['hale_owner', 'hale_app', 'hale_rules', 'hale_reader'] loop
        if not exists (select from pg_roles where rolname = wanted) then
            execute format('create role %I login', wanted);
        end if;
    end loop;
    -- Who holds an old snapshot is told to the operator; without this, sessions of other roles are not seen.
    grant pg_read_all_stats to hale_app;
    -- Nobody but its superuser has business in the server's own database, where roles and databases are made.
    revoke connect, temporary on database postgres from public;
end
$$;
