-- Purpose: bounds the time that a mapping's expressions may take, until the transaction ends.
select set_config('statement_timeout', '10min', true) as statement_timeout
