-- Purpose: a usage file in order of time. Each day has the same number of rows, each by another person (steps of a
--   prime through all people), so every row is a person-day of its own.
-- Variables: file, seed, rows, accounts, as_of. After: hashes.sql.
copy (
    select
        'A-' || lpad((1 + person / 10)::text, 8, '0') as account_id,
        'P-' || person as person_id,
        'feature ' || 1 + (bits & 7) as feature,
        to_char(
            date :'as_of' - 90 + day_number + make_interval(secs => 86400.0 * step * 90 / :rows),
            'YYYY-MM-DD"T"HH24:MI:SS"Z"') as occurred_at,
        1 + (bits >> 3 & 3) as quantity
    from (
        select
            day_number,
            number - (day_number * :rows::bigint + 89) / 90 as step,
            pg_temp.bits(number, 50) as bits,
            (number * 99991 + :seed) % (:accounts * 10) as person
        from generate_series(0::bigint, :rows - 1) as number
        cross join lateral (select (number * 90 / :rows)::integer as day_number) as day
    ) as row
) to stdout (format csv, header) \g :file
