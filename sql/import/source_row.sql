-- Purpose: a row of the file that a mapping's expressions are evaluated over, as it came.
-- Grain: one row or none. Parameters: $1 line (bigint).
select hale_raw
from import_source
where hale_line = $1::bigint
