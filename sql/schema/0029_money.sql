-- Amounts that cannot be told in the reporting currency.
-- Why: a missing exchange rate was shown as an amount of 0; now it is missing, and a note says which rate it is.

-- How an exchange rate differs from another one of its currency, some days apart, by more than rates move: 'absurd' by
-- three orders of magnitude to the nearest, 'inverted' where within a year it is one divided by the other; else null.
create function hale_data.odd_rate(rate double precision, other double precision, days integer) returns text
language sql immutable as
$$
    select case
        when abs(ln(rate / other)) >= ln(316) then 'absurd'
        when days <= 366 and abs(ln(rate / other)) > 0.1 and abs(ln(rate * other)) < 0.05 then 'inverted'
    end
$$;

-- An amount in the reporting currency's minor units at the newest rate known on the day; null without a rate, and where
-- it would be more than can be held.
create or replace function hale_data.in_reporting_currency(
    minor bigint, currency text, reporting text, as_of date) returns bigint
language sql stable as
$$
    select case
        when currency = reporting then minor
        when reporting is not null then (
            select case when abs(told.minor) < 9e18 then round(told.minor)::bigint end
            from hale_data.fx_rate as rate
            cross join lateral (
                select
                    minor * rate.rate
                    * power(10::numeric, hale_data.minor_digits(reporting) - hale_data.minor_digits(currency))::float8
                    as minor
            ) as told
            where rate.currency = in_reporting_currency.currency and rate.day <= as_of
            order by rate.day desc
            limit 1
        )
    end
$$;

-- Why an amount of some currencies is not known in the reporting currency on a day; null where it is.
create function hale_data.money_note(currencies text[], reporting text, as_of date) returns text
language sql stable as
$$
    select case
        when count(*) = 0 then null
        when reporting is null
            then 'contracts are in several currencies: hale import fx_rates, hale config set reporting_currency'
        else 'no exchange rate of ' || string_agg(distinct known.currency, ', ' order by known.currency)
            || ' is known on ' || as_of || ': hale import fx_rates'
    end
    from unnest(currencies) as known (currency)
    where hale_data.in_reporting_currency(1, known.currency, reporting, as_of) is null
$$;

-- Their columns change; they are made again with the other views.
drop view if exists hale.account_health;
drop function if exists hale.account_health_on(date);
drop function if exists hale_data.account_facts_on(date);
