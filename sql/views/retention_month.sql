-- Purpose: retention in the whole months before a day, 60 at most.
-- Grain: one row per month and segment, and one per month for all together. Customers are those with ARR when the month
--   began; without any the rates are null. What is not decided makes each rate an interval: grr, nrr and logo_retention
--   count it as kept, their low ends as lost. An amount without an exchange rate makes its month's sums and rates null.
create or replace function hale.retention_month_on(as_of date)
returns table (
    month date, is_total boolean, segment text, accounts integer, start_arr numeric, churned numeric,
    contraction numeric, expansion numeric, new numeric, returned numeric, undecided numeric, end_arr numeric,
    grr double precision, nrr double precision, logo_retention double precision, grr_low double precision,
    nrr_low double precision, logo_retention_low double precision, currency text, arr_note text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    with
    total as (
        select
            month, grouping(segment) = 1 as is_total, segment,
            (count(*) filter (where start_arr > 0))::integer as accounts,
            sum(start_arr) as start_arr, sum(churned) as churned, sum(contraction) as contraction,
            sum(expansion) as expansion, sum(new) as new, sum(returned) as returned, sum(undecided) as undecided,
            sum(end_arr) as end_arr,
            sum(least(end_arr, start_arr)) as kept,
            sum(end_arr) filter (where start_arr > 0) as end_of_customers,
            (count(*) filter (where start_arr > 0 and end_arr + undecided > 0))::double precision as stayed,
            (count(*) filter (where start_arr > 0 and end_arr > 0))::double precision as decided_to_stay,
            min(currency) as currency,
            string_agg(distinct arr_note, '; ') as arr_note,
            -- An amount without an exchange rate leaves nothing to add up.
            case when bool_and(start_arr is not null and end_arr is not null) then 1 end as known
        from hale.arr_movement_on(as_of)
        group by grouping sets ((month, segment), (month))
    )
    select
        month, is_total, segment, accounts, known * start_arr, known * churned, known * contraction, known * expansion,
        known * new, known * returned, known * undecided, known * end_arr,
        (known * (start_arr - churned - contraction) / nullif(start_arr, 0))::double precision,
        (known * (start_arr - churned - contraction + expansion) / nullif(start_arr, 0))::double precision,
        known * stayed / nullif(accounts, 0),
        (known * kept / nullif(start_arr, 0))::double precision,
        (known * end_of_customers / nullif(start_arr, 0))::double precision,
        known * decided_to_stay / nullif(accounts, 0),
        currency, arr_note
    from total
$$;
create or replace view hale.retention_month with (security_barrier) as
select
    month, is_total, segment, accounts, start_arr, churned, contraction, expansion, new, returned, undecided, end_arr,
    grr, nrr, logo_retention, grr_low, nrr_low, logo_retention_low, currency, arr_note
from hale.retention_month_on(hale.newest_day());
comment on view hale.retention_month is
    'retention in the 60 whole months before the newest scored day, one row per month and segment and one for all';
comment on column hale.retention_month.month is 'first day of the month';
comment on column hale.retention_month.is_total is 'true for the row of all segments together';
comment on column hale.retention_month.segment is 'the segment; null for accounts without one, and in the row of all';
comment on column hale.retention_month.accounts is 'customers: accounts with ARR when the month began';
comment on column hale.retention_month.start_arr is 'their ARR, major units of currency';
comment on column hale.retention_month.churned is 'ARR of those who left';
comment on column hale.retention_month.contraction is 'shrinkage of those who stayed';
comment on column hale.retention_month.expansion is 'growth of those who stayed';
comment on column hale.retention_month.new is 'ARR of new customers';
comment on column hale.retention_month.returned is 'ARR of former customers who came back';
comment on column hale.retention_month.undecided is
    'their ARR of terms that ended and are not decided: neither kept nor churned, and not in end_arr';
comment on column hale.retention_month.end_arr is 'ARR when the month was over, at the rates of its beginning';
comment on column hale.retention_month.grr is
    'gross retention: what is left of start_arr, growth left out, if all that is undecided stays; '
    'null without customers';
comment on column hale.retention_month.nrr is
    'net retention: ARR of the same customers when the month was over, over start_arr, if all that is undecided stays; '
    'null without customers';
comment on column hale.retention_month.logo_retention is
    'share of the customers who stayed, if all who are undecided stay; null without customers';
comment on column hale.retention_month.grr_low is 'grr if nothing of what is undecided stays';
comment on column hale.retention_month.nrr_low is 'nrr if nothing of what is undecided stays';
comment on column hale.retention_month.logo_retention_low is 'logo_retention if nobody who is undecided stays';
comment on column hale.retention_month.currency is 'the reporting currency (ISO 4217)';
comment on column hale.retention_month.arr_note is
    'why the month''s sums and rates are missing, with the currency and the day; null where nothing is missing';
