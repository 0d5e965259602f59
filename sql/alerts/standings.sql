-- Purpose: where each rule stands. Grain: one row per rule that was ever evaluated.
-- not null: rule, first_evaluated_on, evaluated_on, evaluated_run
select
    rule, first_evaluated_on, evaluated_on, held_since, released_on, coalesce(evaluated_run, 0) as evaluated_run
from hale_data.alert_rule
order by rule
