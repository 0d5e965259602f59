-- The expressions of models, account by account, for days on which they fail for some: a value that one account has
-- costs that account alone. Slower than all accounts in one statement, so only where that fails. The expressions passed
-- the guard; what a server says of a value is not repeated where it may hold the value itself.
create or replace function hale_data.expression_problem(state text, message text) returns text
language sql immutable as
$$
    select case
        when state in ('22012', '22003', '2201E', '2201F') then message
        else 'a value that it cannot work with'
    end
$$;

-- The number of the first condition that holds for each account, from 0; or of the one that failed before, and why.
create or replace function hale_data.try_conditions(as_of date, unsafe_conditions text[])
returns table (account_id bigint, choice integer, failed integer, problem text)
language plpgsql stable as
$$
#variable_conflict use_column
declare
    one record;
    holds boolean;
begin
    for one in
        select traits.account_id as key, to_jsonb(traits) as traits
        from hale_data.account_traits_on(as_of) as traits
        order by traits.account_id
    loop
        account_id := one.key;
        choice := null;
        failed := null;
        problem := null;
        for number in 1 .. cardinality(unsafe_conditions) loop
            begin
                execute format(
                    'select (%s) from jsonb_to_record($1::jsonb) as account (segment text, lifecycle_stage text, '
                    'country text, industry text, csm text, age_days integer)', unsafe_conditions[number])
                into holds using one.traits;
                if holds then
                    choice := number - 1;
                end if;
            exception when data_exception then
                failed := number - 1;
                problem := hale_data.expression_problem(sqlstate, sqlerrm);
            end;
            exit when choice is not null or failed is not null;
        end loop;
        if choice is not null or failed is not null then
            return next;
        end if;
    end loop;
end
$$;

-- The figures of measures for each account; or the number of the first that failed, from 0, and why.
create or replace function hale_data.try_measures(as_of date, unsafe_expressions text[])
returns table (account_id bigint, figures double precision[], failed integer, problem text)
language plpgsql stable as
$$
#variable_conflict use_column
declare
    one record;
    figure double precision;
begin
    for one in
        select measures.account_id as key, to_jsonb(measures) as measures
        from hale_data.account_measures_on(as_of) as measures
        order by measures.account_id
    loop
        account_id := one.key;
        figures := '{}';
        failed := null;
        problem := null;
        for number in 1 .. cardinality(unsafe_expressions) loop
            begin
                execute format(
                    'select (%s)::double precision from jsonb_to_record($1::jsonb) as account (segment text, '
                    'lifecycle_stage text, country text, industry text, csm text, age_days integer, arr numeric, '
                    'seats bigint, live_contracts integer, days_to_renewal integer, events_28d bigint, '
                    'quantity_28d bigint, prior_events_28d bigint, active_days_28d integer, '
                    'active_people_28d integer, open_tickets integer)', unsafe_expressions[number])
                into figure using one.measures;
                figures := figures || figure;
            exception when data_exception then
                failed := number - 1;
                problem := hale_data.expression_problem(sqlstate, sqlerrm);
            end;
            exit when failed is not null;
        end loop;
        return next;
    end loop;
end
$$;
