-- Purpose: how many contracts are known, open or not.
-- Grain: one row.
-- not null: contracts
select count(*) as contracts
from hale_data.contract
