-- Purpose: reports amounts whose sign several currencies share and the one that the row is taken in is none of them.
-- Grain: one problem per row. Parameters: $1 reporting currency, used where a row names none (text, may be null).
insert into problem (line, column_name, reason)
select
    staged.line, 'amount',
    '"' || staged.written[1] || '" is no sign of ' || staged.currency
        || ', the currency where a row names none: add a column currency, or a constant in a mapping'
from (
    select
        staged.line, coalesce(staged.currency, $1::text) as currency,
        -- The sign, then the codes that it stands for.
        string_to_array(staged.written_currencies, ' ') as written
    from staged
) as staged
where staged.currency <> all (staged.written[2:])
