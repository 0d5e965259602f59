-- Purpose: one open ticket for each of some accounts, other accounts and tickets in each round.
-- Variables: file, round, touched, accounts, day.
copy (
    select
        'R-' || :round || '-' || number as ticket_id,
        'A-' || lpad((1 + (number * 7919 + :round * 104729) % :accounts)::text, 8, '0') as account_id,
        :'day' || 'T10:00:00Z' as opened_at,
        'p' || 1 + number % 3 as priority
    from generate_series(1::bigint, :touched) as number
) to stdout (format csv, header) \g :file
