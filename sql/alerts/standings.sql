-- Purpose: where each rule stands. Grain: one row per rule that was ever evaluated.
-- not null: rule, first_evaluated_on, evaluated_on
select rule, first_evaluated_on, evaluated_on, held_since
from hale_data.alert_rule
order by rule
