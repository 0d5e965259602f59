-- Purpose: plans every statement of the transaction for its parameters. After five runs the server would take a plan
--   for any parameters, which works the months of a day out anew for every row: a full score took 0.8 s more.
set local plan_cache_mode = force_custom_plan
