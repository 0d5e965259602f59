-- Purpose: until the transaction ends, joins whole tables with each other whatever the statistics say: a file of many
--   rows is looked up row by row, and each in vain through all that it has just brought, where the tables were still
--   empty when they were last counted. 40,000 accounts with parents into a new database: 13.2 s before, 3.9 s with it.
-- Grain: one row.
select set_config('enable_nestloop', 'off', true) as nested_loops, set_config('jit', 'off', true) as compilation
