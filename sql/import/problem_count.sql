-- Purpose: how many problems and bad rows an import has.
-- Grain: one row.
-- not null: problems, lines
select count(*) as problems, count(distinct line) as lines
from problem
