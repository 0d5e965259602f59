-- Purpose: spend, leads and customers by month and channel, money in the reporting currency at the rate of the month.
-- Grain: one row per month and channel, in order of both.
-- Parameters: $1 first day of spend, $2 day after the last one, $3 first day of leads,
--   $4 day after the last one (date): customers are won some time after the money was spent.
-- not null: month, leads, qualified, won
with
reporting as (
    select hale_data.reporting_currency() as currency offset 0
),
spend as (
    select
        spend.month, spend.channel,
        case
            when spend.currency = reporting.currency then spend.amount_minor
            else hale_data.in_reporting_currency(
                spend.amount_minor, spend.currency, reporting.currency, spend.month)
        end as minor,
        spend.currency
    from hale_data.spend as spend
    cross join reporting
    where spend.month >= $1::date and spend.month < $2::date
),
happened as (
    select date_trunc('month', lead.created_on)::date as month, lead.channel, 'lead' as what
    from hale_data.lead as lead
    where lead.created_on >= $3::date and lead.created_on < $4::date
    union all
    select date_trunc('month', lead.qualified_on)::date, lead.channel, 'qualified'
    from hale_data.lead as lead
    where lead.qualified_on >= $3::date and lead.qualified_on < $4::date
    union all
    select date_trunc('month', lead.won_on)::date, lead.channel, 'won'
    from hale_data.lead as lead
    where lead.won_on >= $3::date and lead.won_on < $4::date
),
counted as (
    select
        month, coalesce(channel, '') as channel,
        count(*) filter (where what = 'lead') as leads,
        count(*) filter (where what = 'qualified') as qualified,
        count(*) filter (where what = 'won') as won
    from happened
    group by month, coalesce(channel, '')
)
select
    month, nullif(channel, '') as channel, spend.minor as spend_minor, spend.currency as spend_currency,
    coalesce(counted.leads, 0) as leads, coalesce(counted.qualified, 0) as qualified, coalesce(counted.won, 0) as won
from spend
full join counted using (month, channel)
order by month, channel
