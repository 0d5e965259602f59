-- Purpose: retention by month, of all segments together or of one, of the months that begin in a period.
-- Grain: one row per month, in order. Parameters: $1 day (date), $2 first day, $3 day after the last one (date),
--   $4 segment (text; null = all together).
-- not null: month, accounts
select
    month, accounts, (start_arr * unit.minor)::bigint as start_minor, (churned * unit.minor)::bigint as churned_minor,
    (contraction * unit.minor)::bigint as contraction_minor, (expansion * unit.minor)::bigint as expansion_minor,
    (new * unit.minor)::bigint as new_minor, (returned * unit.minor)::bigint as returned_minor,
    (undecided * unit.minor)::bigint as undecided_minor, (end_arr * unit.minor)::bigint as end_minor, grr, nrr,
    logo_retention, grr_low, nrr_low, logo_retention_low
from hale.retention_month_on($1::date)
cross join (
    select 10::numeric ^ hale_data.minor_digits(reporting.currency) as minor
    from (select hale_data.reporting_currency() as currency offset 0) as reporting
) as unit
where case when $4::text is null then is_total else segment = $4::text end
    and month >= $2::date and month < $3::date
order by month
