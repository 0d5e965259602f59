-- What a stored task is worth, by what the organisation assumes of money today: the formula of HaleDomain's
-- TaskPriority, for every list and view of stored tasks. What no setting says is as in its MoneyAssumptions.
-- Grain: one row. Money in major units of the reporting currency; priority is what a list is ordered by, an hour.
create or replace function hale_data.task_worth(
    expected_loss double precision, own_save_rate double precision, urgency double precision, minutes integer)
returns table (
    save_rate double precision, value_protected double precision, net_value double precision,
    plan_value double precision, priority double precision)
language sql stable as
$$
    select
        worth.save_rate, worth.value_protected, worth.value_protected - worth.cost,
        urgency * worth.value_protected - worth.cost,
        (urgency * worth.value_protected - worth.cost) / greatest(worth.hours, 0.25)
    from (
        select
            rate.save_rate, length.hours, expected_loss * money.margin * rate.save_rate as value_protected,
            length.hours * money.hourly_cost as cost
        from (
            select
                coalesce((select value::float8 from hale_data.setting where name = 'margin'), 0.8) as margin,
                coalesce((select value::float8 from hale_data.setting where name = 'save_rate'), 0.3) as save_rate,
                coalesce((select value::float8 from hale_data.setting where name = 'hourly_cost'), 80) as hourly_cost
            -- Read once, and not wherever a figure rests on it.
            offset 0
        ) as money
        cross join lateral (select coalesce(own_save_rate, money.save_rate) as save_rate) as rate
        cross join (select minutes / 60.0::float8 as hours) as length
    ) as worth
$$;
