-- Purpose: the rows of a holidays file, every value canonical text.
create temp table staged (
    line bigint not null,
    country text, day text, recorded_at text,
    raw text
) on commit drop
