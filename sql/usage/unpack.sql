-- Purpose: drops all packed usage, which is made again from the raw events.
with
people as (
    delete from hale_data.person_month
),
features as (
    delete from hale_data.feature_month
)
delete from hale_data.usage_month
