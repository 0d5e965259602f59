-- Purpose: what is wrong with the staged rows of one import. Problems of a column whose reasons differ in quoted values
--   and numbers alone have one cause; up to $2 values of a cause are told apart.
-- Grain: one row per cause, or per value of a cause. Parameters: $1 how many, $2 values told apart (bigint).
-- not null: first_line, reason, rows, is_mixed
with
patterned as (
    select
        line, column_name, reason,
        regexp_replace(regexp_replace(reason, '"[^"]*"', '"', 'g'), '[0-9]+', '0', 'g') as pattern
    from problem
),
worded as (
    select column_name, pattern, reason, count(*) as rows, min(line) as first_line
    from patterned
    group by column_name, pattern, reason
),
placed as (
    select
        worded.column_name, worded.reason, worded.rows, worded.first_line,
        count(*) over cause > $2::bigint as is_mixed,
        sum(worded.rows) over cause as cause_rows,
        row_number() over (cause order by worded.first_line, worded.reason) as place
    from worded
    window cause as (partition by worded.column_name, worded.pattern)
)
select
    first_line, column_name, reason,
    (case when is_mixed then cause_rows else rows end)::bigint as rows,
    is_mixed
from placed
where not is_mixed or place = 1
order by rows desc, first_line, column_name nulls first
limit $1::bigint
