-- Purpose: the facts as a file for DuckDB, in order of account. Variables: file.
copy (
    select account_id, person_id, month, active_days
    from hale_data.person_month
    order by account_id, person_id, month
) to stdout (format csv, header) \g :file
