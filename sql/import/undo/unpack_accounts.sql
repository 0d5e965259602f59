-- Purpose: drops the packed usage of the touched account-months, which is then made again from what is left.
-- Grain: one row per account and month dropped.
with
people as (
    delete from hale_data.person_month as packed
    using touched
    where packed.account_id = touched.account_id and packed.month = touched.month
),
features as (
    delete from hale_data.feature_month as packed
    using touched
    where packed.account_id = touched.account_id and packed.month = touched.month
)
delete from hale_data.usage_month as packed
using touched
where packed.account_id = touched.account_id and packed.month = touched.month
