-- Purpose: gives an internal id to every account that the staged rows name and nobody imported.
-- Grain: one row per account created.
-- not null: external_id
insert into hale_data.account_key (external_id)
select distinct staged.account_id
from staged
where staged.account_id is not null
on conflict (external_id) do nothing
returning external_id
