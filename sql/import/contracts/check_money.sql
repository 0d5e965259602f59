-- Purpose: reports amounts whose sign several currencies share and the contract's is none of them, and amounts that are
--   too large in the reporting currency.
-- Grain: one problem per row. Parameters: $1 reporting currency, used where a row names none (text, may be null).
insert into problem (line, column_name, reason)
with
amount as (
    select
        staged.line,
        case when staged.arr is not null then 'arr' else 'mrr' end as column_name,
        coalesce(staged.arr::numeric, staged.mrr::numeric * 12) as major,
        -- The sign, then the codes that it stands for.
        string_to_array(staged.written_currencies, ' ') as written,
        coalesce(staged.currency, newest.currency, $1::text) as currency
    from staged
    left join hale_data.account_key as key on key.external_id = staged.account_id
    left join hale_data.contract as known
        on known.account_id = key.account_id and known.external_id = staged.contract_id
    left join lateral (
        select version.currency
        from hale_data.contract_version as version
        where version.account_id = known.account_id and version.contract_id = known.contract_id
        order by version.valid_from desc, version.recorded_at desc
        limit 1
    ) as newest on true
)
select
    amount.line, amount.column_name,
    '"' || amount.written[1] || '" is no sign of ' || amount.currency
        || ', the currency where a row names none: add a column currency, or a constant in a mapping'
from amount
where amount.currency <> all (amount.written[2:])
union all
select
    amount.line, amount.column_name,
    'amount ' || amount.major || ' ' || amount.currency || ' is too large in ' || $1::text || ' at the rate of '
        || rate.day || ', ' || rate.rate
from amount
cross join lateral (
    select known.day, known.rate
    from hale_data.fx_rate as known
    where known.currency = amount.currency and amount.currency <> $1::text
    order by known.rate desc
    limit 1
) as rate
where amount.major <= 1e13 and amount.major * rate.rate::numeric > 1e15
