-- Purpose: keeps the bad rows among the events with an id, with their reasons, under the receipt.
-- Grain: one row per problem. Parameters: $1 receipt (bigint).
insert into hale_data.import_reject (import_id, line, ordinal, column_name, reason, raw)
select $1::bigint, problem.line, 1, problem.column_name, problem.reason, coalesce(identified.raw, '')
from problem
join identified on identified.line = problem.line
