-- Purpose: the drivers behind every score of a day.
-- Grain: one row per account and driver.
create or replace function hale.account_driver_on(as_of date)
returns table (
    account_id text, driver text, x double precision, c double precision, mu double precision, points double precision,
    smoothed_points double precision, text text)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
    select
        account.external_id,
        model.drivers[position],
        health.x[position], health.c[position], health.mu[position], health.points[position],
        health.smoothed_points[position], health.texts[position]
    from hale_data.health_score as health
    join hale_data.account as account on account.account_id = health.account_id
    left join hale_data.responsible_csm_on(as_of) as csm on csm.account_id = account.account_id
    join hale_data.model as model on model.model_hash = health.model_hash and not model.is_beside
    cross join lateral generate_subscripts(model.drivers, 1) as position
    where health.day = as_of
        and hale_data.may_see(csm.email)
$$;
create or replace view hale.account_driver with (security_barrier) as
select account_id, driver, x, c, mu, points, smoothed_points, text
from hale.account_driver_on(hale.newest_day());
comment on view hale.account_driver is
    'the drivers of every account on the newest scored day, one row per account and driver';
comment on column hale.account_driver.account_id is 'the account''s id as imported';
comment on column hale.account_driver.driver is 'the driver''s name, such as usage.trend';
comment on column hale.account_driver.x is 'value, 0 bad to 1 good; null without data';
comment on column hale.account_driver.c is 'reliability of the value, 0 no data to 1';
comment on column hale.account_driver.mu is 'reference value at which the driver adds no points';
comment on column hale.account_driver.points is 'points the driver adds to the baseline';
comment on column hale.account_driver.smoothed_points is 'points in the smoothed score';
comment on column hale.account_driver.text is 'the driver in words';
