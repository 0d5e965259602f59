-- Purpose: how many accounts have a score on a day; what the fleet guard compares with.
-- Grain: one row. Parameters: $1 day (date).
-- not null: accounts
select count(*) as accounts
from hale_data.health_score as health
where health.day = $1::date
    and health.model_hash not in (select model.model_hash from hale_data.model as model where model.is_beside)
