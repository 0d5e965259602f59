-- Purpose: creates the features that the staged rows name for the first time.
-- Grain: one row per feature created.
insert into hale_data.feature (name)
select distinct staged.feature
from staged
where staged.feature is not null
order by staged.feature
on conflict (name) do nothing
