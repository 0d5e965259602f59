-- Purpose: reports rates that are probably wrong: a thousand times off the rate before or after, or one divided by what
--   it should be, in the eyes of its neighbours, of what is stored, or of what the currency is roughly worth.
-- Grain: one problem per row. Parameters: $1 reporting currency (text, may be null).
insert into problem (line, column_name, reason)
with
-- The rates as they would be after the import.
known as (
    select distinct on (staged.currency, staged.day::date)
        staged.line, staged.currency, staged.day::date as day, staged.rate::float8 as rate
    from staged
    where staged.rate::numeric between 1e-9 and 1e9
    order by staged.currency, staged.day::date, staged.line
),
whole as (
    select known.line, known.currency, known.day, known.rate from known
    union all
    select null, stored.currency, stored.day, stored.rate
    from hale_data.fx_rate as stored
    where stored.currency in (select known.currency from known)
        and not exists (
            select from known where known.currency = stored.currency and known.day = stored.day)
),
placed as (
    select
        whole.*,
        lag(whole.day) over near as earlier_on, lag(whole.rate) over near as earlier,
        lead(whole.day) over near as later_on, lead(whole.rate) over near as later,
        max(whole.day) filter (where whole.line is null) over (
            near rows between unbounded preceding and 1 preceding) as stored_before_on,
        min(whole.day) filter (where whole.line is null) over (
            near rows between 1 following and unbounded following) as stored_after_on
    from whole
    window near as (partition by whole.currency order by whole.day)
),
compared as (
    select
        placed.*,
        hale_data.odd_rate(placed.rate, placed.earlier, placed.day - placed.earlier_on) as oddity_before,
        hale_data.odd_rate(placed.rate, placed.later, placed.later_on - placed.day) as oddity_after
    from placed
),
-- Beside a single slip its neighbours look odd too; they are not.
judged as (
    select
        compared.*,
        coalesce(
            lag(oddity_before is not null and oddity_after is not null)
                over (partition by currency order by day), false) as follows_slip
    from compared
),
doubt as (
    select distinct on (judged.line)
        judged.line, judged.currency, judged.rate, other.day, other.rate as other, other.oddity
    from judged
    cross join lateral (
        select 1 as place, judged.earlier_on as day, judged.earlier as rate, judged.oddity_before as oddity
        where not judged.follows_slip
        union all
        select 2, stored.day, stored.rate, hale_data.odd_rate(judged.rate, stored.rate, abs(judged.day - stored.day))
        from hale_data.fx_rate as stored
        where stored.currency = judged.currency and stored.day in (judged.stored_before_on, judged.stored_after_on)
    ) as other
    where judged.line is not null and other.oddity is not null
    order by judged.line, other.place
),
-- What one of a currency is worth in US dollars, within a factor of ten for decades.
worth (currency, dollars) as (
    values
        ('USD', 1.0), ('EUR', 1.1), ('GBP', 1.3), ('CHF', 1.1), ('CAD', 0.75), ('AUD', 0.7), ('NZD', 0.65),
        ('SEK', 0.1), ('NOK', 0.1), ('DKK', 0.15), ('ISK', 0.0075), ('PLN', 0.26), ('CZK', 0.044), ('HUF', 0.003),
        ('RON', 0.22), ('BGN', 0.56), ('RSD', 0.0095), ('ILS', 0.28), ('ZAR', 0.06), ('AED', 0.272), ('SAR', 0.267),
        ('QAR', 0.275), ('JPY', 0.0075), ('CNY', 0.14), ('HKD', 0.128), ('SGD', 0.74), ('TWD', 0.032),
        ('KRW', 0.0008), ('INR', 0.013), ('THB', 0.03), ('MYR', 0.23), ('PHP', 0.019), ('IDR', 0.000068),
        ('VND', 0.000042), ('MXN', 0.055), ('BRL', 0.22), ('CLP', 0.0013), ('COP', 0.00028), ('KWD', 3.25),
        ('BHD', 2.65), ('OMR', 2.6), ('JOD', 1.41)
),
unlikely as (
    select known.line, known.currency, known.rate, one.dollars / reporting.dollars as usual
    from known
    join worth as one on one.currency = known.currency
    join worth as reporting on reporting.currency = $1::text
    where not exists (select from doubt where doubt.line = known.line)
        and abs(ln(known.rate * reporting.dollars / one.dollars)) > ln(10)
)
select
    doubt.line, 'rate',
    'rate ' || doubt.rate
        || case doubt.oddity when 'inverted' then ' looks inverted beside ' else ' is a thousand times off ' end
        || doubt.other || ' of ' || doubt.day || ': correct it, or say --confirm-rates'
from doubt
union all
select
    unlikely.line, 'rate',
    'rate ' || unlikely.rate || ' is far from what one ' || unlikely.currency || ' is worth, about '
        || trim_scale(round(unlikely.usual, 6)) || ' ' || $1::text
        || case
            when abs(ln(unlikely.rate * unlikely.usual)) < ln(10) then ', and looks inverted' else ''
        end
        || ': correct it, or say --confirm-rates'
from unlikely
union all
select
    known.line, 'rate',
    known.currency || ' is the reporting currency, of which one is one: correct it, or say --confirm-rates'
from known
where known.currency = $1::text and known.rate <> 1
