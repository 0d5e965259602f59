-- What the expressions of a model's measures may use: the traits of every account, and its facts on a day as they are
-- known now, as the score itself reads them.
-- Grain: one row per account. ARR in major units of the reporting currency.
create or replace function hale_data.account_measures_on(as_of date)
returns table (
    account_id bigint, segment text, lifecycle_stage text, country text, industry text, csm text, age_days integer,
    arr numeric, seats bigint, live_contracts integer, days_to_renewal integer, events_28d bigint,
    quantity_28d bigint, prior_events_28d bigint, active_days_28d integer, active_people_28d integer,
    open_tickets integer)
language sql stable as
$$
    select
        traits.account_id, traits.segment, traits.lifecycle_stage, traits.country, traits.industry, traits.csm,
        traits.age_days, hale_data.major(fact.arr_minor, fact.currency), fact.seats, fact.live_contracts,
        fact.days_to_renewal, fact.events_28d, fact.quantity_28d, fact.prior_events_28d, fact.active_days_28d,
        fact.active_people_28d, fact.open_tickets
    from hale_data.account_traits_on(as_of) as traits
    join hale_data.account_facts_computed_on(as_of) as fact on fact.account_key = traits.account_id
$$;
