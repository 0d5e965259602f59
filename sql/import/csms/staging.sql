-- Purpose: the rows of a csms file, every value canonical text.
create temp table staged (
    line bigint not null,
    email text, name text, capacity_minutes text, time_zone text, locale text, role text, recorded_at text,
    raw text
) on commit drop
