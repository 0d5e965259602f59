-- Gives the roles what they need, where they exist: the service works on the data, readers see the views only, and the
-- role that evaluates the conditions of rules sees the signals only. What a view calls its reader must be allowed to
-- call, so the functions are granted with the views and to nobody else.
revoke execute on all functions in schema hale from public;
-- Readers need no tables of their own, with which they could fill the disk.
do $$
begin
    if exists (
        select from pg_database
        where datname = current_database() and pg_has_role(current_user, datdba, 'usage')
    ) then
        execute format('revoke temporary on database %I from public', current_database());
        if exists (select from pg_roles where rolname = 'hale_app') then
            execute format('grant temporary on database %I to hale_app', current_database());
        end if;
    end if;
end
$$;
do $$
begin
    if exists (select from pg_roles where rolname = 'hale_app') then
        grant usage on schema hale_data, hale to hale_app;
        grant select, insert, update, delete on all tables in schema hale_data to hale_app;
        revoke insert, update, delete on hale_data.schema_migration from hale_app;
        grant usage on all sequences in schema hale_data to hale_app;
        grant select on all tables in schema hale to hale_app;
        grant execute on all functions in schema hale to hale_app;
    end if;
    if exists (select from pg_roles where rolname = 'hale_reader') then
        grant usage on schema hale to hale_reader;
        grant select on all tables in schema hale to hale_reader;
        grant execute on all functions in schema hale to hale_reader;
    end if;
    if exists (select from pg_roles where rolname = 'hale_rules') then
        grant usage on schema hale to hale_rules;
        grant select on hale.account_signal to hale_rules;
        grant execute on function hale.account_signal_on(date, boolean), hale.newest_day() to hale_rules;
    end if;
end
$$;
revoke execute on function
    hale_data.ensure_month(text, date), hale_data.refresh_statistics(), hale_data.drop_delivery_months(date)
from public;
do $$
begin
    if exists (select from pg_roles where rolname = 'hale_app') then
        grant execute on function
            hale_data.ensure_month(text, date), hale_data.refresh_statistics(),
            hale_data.drop_delivery_months(date) to hale_app;
    end if;
end
$$;
