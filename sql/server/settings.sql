-- Purpose: the organisation's settings. Grain: one row per setting.
-- not null: name, value
select name, value
from hale_data.setting
order by name
