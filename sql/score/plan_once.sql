-- Purpose: plans every statement of the transaction once for all parameters: for statements that are run for many days
--   and whose plans do not depend on the day. Planning took a third of the server's time for a day of 200 accounts.
set local plan_cache_mode = force_generic_plan
