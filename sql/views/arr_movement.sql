-- Purpose: what became of each account's ARR in the whole months before a day, 60 at most.
-- Grain: one row per account and month with ARR at either end.
create or replace function hale.arr_movement_on(as_of date)
returns table (
    month date, account_id text, account text, segment text, csm text, start_arr numeric, new numeric, returned numeric,
    expansion numeric, contraction numeric, churned numeric, undecided numeric, end_arr numeric, currency text,
    arr_note text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select
        movement.first_on, account.external_id, account.name, movement.segment, movement.csm,
        hale_data.major(movement.start_minor, reporting.currency),
        hale_data.major(movement.new_minor, reporting.currency),
        hale_data.major(movement.returned_minor, reporting.currency),
        hale_data.major(movement.expansion_minor, reporting.currency),
        hale_data.major(movement.contraction_minor, reporting.currency),
        hale_data.major(movement.churned_minor, reporting.currency),
        hale_data.major(movement.undecided_minor, reporting.currency),
        hale_data.major(movement.end_minor, reporting.currency),
        reporting.currency, hale_data.money_note(movement.without_rate, reporting.currency, movement.first_on)
    from (select hale_data.whole_months(as_of) as months offset 0) as range
    cross join lateral hale_data.arr_movement_of(
        range.months,
        array(select (month + interval '1 month')::date from unnest(range.months) as month), as_of) as movement
    join hale_data.account as account on account.account_id = movement.account_id
    cross join (select hale_data.reporting_currency() as currency offset 0) as reporting
    where hale_data.may_see(movement.csm)
$$;
create or replace view hale.arr_movement with (security_barrier) as
select
    month, account_id, account, segment, csm, start_arr, new, returned, expansion, contraction, churned, undecided,
    end_arr, currency, arr_note
from hale.arr_movement_on(hale.newest_day());
comment on view hale.arr_movement is
    'what became of each account''s ARR in 60 whole months before the newest scored day, one row per account and month';
comment on column hale.arr_movement.month is 'first day of the month';
comment on column hale.arr_movement.account_id is 'the account''s id as imported';
comment on column hale.arr_movement.account is 'the account''s name';
comment on column hale.arr_movement.segment is 'the account''s segment';
comment on column hale.arr_movement.csm is 'e-mail of the responsible CSM';
comment on column hale.arr_movement.start_arr is
    'ARR when the month began, major units of currency';
comment on column hale.arr_movement.new is 'ARR of a new customer when the month was over';
comment on column hale.arr_movement.returned is 'ARR of a former customer who came back';
comment on column hale.arr_movement.expansion is 'growth of a customer''s ARR';
comment on column hale.arr_movement.contraction is 'shrinkage of the ARR of a customer who stayed';
comment on column hale.arr_movement.churned is 'ARR of a customer who left';
comment on column hale.arr_movement.undecided is
    'ARR of terms that ended and are not decided: neither kept nor churned, and not in end_arr';
comment on column hale.arr_movement.end_arr is 'ARR when the month was over, at the rates of its beginning';
comment on column hale.arr_movement.currency is 'the reporting currency (ISO 4217)';
comment on column hale.arr_movement.arr_note is
    'why amounts are missing, with the currency and the day; null where nothing is missing';
