-- Purpose: the open task of an account's alerts and reasons. Grain: one row or none. Parameters: $1 account key
--   (bigint).
-- not null: task_id
select task_id
from hale_data.task
where account_id = $1::bigint and origin = 'account' and closed_on is null
