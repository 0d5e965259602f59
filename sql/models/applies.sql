-- Purpose: whether a condition claims an account of some traits.
-- Grain: one row. Parameters: $1 segment, $2 stage, $3 country, $4 industry, $5 CSM (text), $6 age in days (integer).
-- Between the marks stands the condition, which passed the guard.
select /*condition*/ null::boolean /*end condition*/ as applies
from (
    select
        $1::text as segment, $2::text as lifecycle_stage, $3::text as country, $4::text as industry, $5::text as csm,
        $6::integer as age_days
) as account
