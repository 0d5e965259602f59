-- Purpose: the rows of a features file, every value canonical text.
create temp table staged (
    line bigint not null,
    feature text, is_key text, product text, recorded_at text,
    raw text
) on commit drop
