-- Purpose: upserts spend by month and channel; any day of a month means the month.
--   What it overwrites is kept under the import.
-- Grain: one row of counts. Parameters: $1 columns of the file (text[]), $2 is history (boolean), $3 receipt (bigint),
--   $4 default currency (text).
-- not null: inserted, updated
with
resolved as (
    select distinct on (date_trunc('month', staged.month::date), staged.channel)
        date_trunc('month', staged.month::date)::date as month,
        staged.channel,
        round(
            staged.amount::numeric
            * 10::numeric ^ hale_data.minor_digits(coalesce(staged.currency, $4::text)))::bigint as amount_minor,
        coalesce(staged.currency, $4::text) as currency,
        coalesce(
            staged.recorded_at::timestamptz,
            case when $2::boolean then least(now(), staged.month::timestamptz) else now() end) as recorded_at
    from staged
    where $1::text[] is not null
    order by date_trunc('month', staged.month::date), staged.channel, staged.line desc
),
changed as (
    insert into hale_data.spend as old (month, channel, amount_minor, currency, recorded_at, import_id)
    select month, channel, amount_minor, currency, recorded_at, $3::bigint
    from resolved
    on conflict (month, channel) do update
    set amount_minor = excluded.amount_minor, currency = excluded.currency, recorded_at = excluded.recorded_at,
        import_id = excluded.import_id
    where (excluded.amount_minor, excluded.currency) is distinct from (old.amount_minor, old.currency)
    returning month, channel, xmax = 0 as is_new
),
overwritten as (
    insert into hale_data.import_change (import_id, table_name, before)
    select hale_data.current_import(), 'spend', to_jsonb(old)
    from changed
    join hale_data.spend as old on old.month = changed.month and old.channel = changed.channel
    where hale_data.current_import() is not null
)
select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated
from changed
