-- Purpose: until the transaction ends, bounds the time that a mapping's expressions may take, and lets them call
--   Hale's functions by their names.
select
    set_config('statement_timeout', '10min', true) as statement_timeout,
    set_config('search_path', 'pg_catalog, hale_data', true) as search_path
