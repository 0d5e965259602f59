-- Purpose: the rows of a tickets file, every value canonical text.
create temp table staged (
    line bigint not null,
    ticket_id text, account_id text, opened_at text, closed_at text, priority text, subject text, recorded_at text,
    raw text
) on commit drop
