-- Purpose: the newest day up to a day on which an account was scored.
-- Grain: one row, null where there is none. Parameters: $1 day (date), $2 account id (text).
select max(health.day) as day
from hale_data.health_score as health
join hale_data.model as model on model.model_hash = health.model_hash and not model.is_beside
join hale_data.account as account on account.account_id = health.account_id
where health.day <= $1::date and account.external_id = $2::text
