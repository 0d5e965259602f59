-- Purpose: the rows of an nps file, every value canonical text.
create temp table staged (
    line bigint not null,
    response_id text, account_id text, person_id text, score text, responded_at text, comment text, survey text,
    recorded_at text,
    raw text
) on commit drop
