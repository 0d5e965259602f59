-- Purpose: the first problems of an import, in order of the file.
-- Grain: one row per problem. Parameters: $1 how many (bigint).
-- not null: line, reason
select line, column_name, reason
from problem
order by line, column_name nulls first
limit $1::bigint
