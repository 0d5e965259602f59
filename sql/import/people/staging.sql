-- Purpose: the rows of a people file, every value canonical text.
create temp table staged (
    line bigint not null,
    person_id text, account_id text, name text, email text, role text, left_on text, recorded_at text,
    raw text
) on commit drop
