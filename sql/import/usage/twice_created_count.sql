-- Purpose: how many people and features another import created meanwhile.
-- Grain: one row.
-- not null: total
select count(*) as total
from twice_created
