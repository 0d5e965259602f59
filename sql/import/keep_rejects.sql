-- Purpose: keeps the bad rows with their reasons under the receipt.
-- Grain: one row per problem. Parameters: $1 receipt (bigint).
insert into hale_data.import_reject (import_id, line, ordinal, column_name, reason, raw)
select
    $1::bigint,
    problem.line,
    row_number() over (partition by problem.line order by problem.column_name nulls first),
    problem.column_name,
    problem.reason,
    staged.raw
from problem
join staged on staged.line = problem.line
