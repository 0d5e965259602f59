-- Purpose: the rows of an fx_rates file, every value canonical text.
create temp table staged (
    line bigint not null,
    day text, currency text, rate text, recorded_at text,
    raw text
) on commit drop
