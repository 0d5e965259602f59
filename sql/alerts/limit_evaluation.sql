-- Purpose: limits for the transaction in which conditions are evaluated. Parameters: $1 milliseconds (text).
select set_config('statement_timeout', $1::text, true) as milliseconds
