-- Purpose: which day the ends of a file's terms name: the first day not covered (day-after) or the last one covered
--   (last-day), by the term itself, by the term that follows, or by what is stored of the contract.
-- Grain: one row. named is null where there are ends and they do not tell.
-- not null: ends, day_after, last_day
with
ended as (
    select
        staged.contract_id, staged.account_id, staged.product, staged.starts_on::date as starts_on,
        staged.ends_on::date as ends_on, staged.term_months::integer as term_months
    from staged
    where staged.ends_on::date >= staged.starts_on::date
),
-- Of the terms of one account and product that start on a day, the least and the greatest contract: another one than a
-- contract's own is found without comparing each with each.
start as (
    select
        ended.account_id, coalesce(ended.product, '') as product, ended.starts_on,
        min(ended.contract_id) as least, max(ended.contract_id) as greatest
    from ended
    group by ended.account_id, coalesce(ended.product, ''), ended.starts_on
),
told as (
    select coalesce(
        hale_data.term_end_named(ended.starts_on, ended.ends_on, ended.term_months),
        case
            when ended.contract_id <> same_day.least or ended.contract_id <> same_day.greatest then 'day-after'
            when ended.contract_id <> next_day.least or ended.contract_id <> next_day.greatest then 'last-day'
            when newest.starts_on = ended.starts_on and newest.ends_on = ended.ends_on then 'day-after'
            when newest.starts_on = ended.starts_on and newest.ends_on = ended.ends_on + 1 then 'last-day'
        end) as named
    from ended
    left join start as same_day
        on same_day.account_id = ended.account_id and same_day.product = coalesce(ended.product, '')
        and same_day.starts_on = ended.ends_on
    left join start as next_day
        on next_day.account_id = ended.account_id and next_day.product = coalesce(ended.product, '')
        and next_day.starts_on = ended.ends_on + 1
    left join hale_data.account_key as key on key.external_id = ended.account_id
    left join hale_data.contract as known
        on known.account_id = key.account_id and known.external_id = ended.contract_id
    left join lateral (
        select version.starts_on, version.ends_on
        from hale_data.contract_version as version
        where version.account_id = known.account_id and version.contract_id = known.contract_id
        order by version.valid_from desc, version.recorded_at desc
        limit 1
    ) as newest on true
),
total as (
    select
        count(*) as ends,
        count(*) filter (where named = 'day-after') as day_after,
        count(*) filter (where named = 'last-day') as last_day
    from told
)
select ends, day_after, last_day, hale_data.term_ends_named(day_after, last_day) as named
from total
