-- Purpose: the rows of a spend file, every value canonical text.
create temp table staged (
    line bigint not null,
    month text, channel text, amount text, currency text, recorded_at text,
    written_currencies text,
    raw text
) on commit drop
