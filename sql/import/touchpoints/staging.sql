-- Purpose: the rows of a touchpoints file, every value canonical text.
create temp table staged (
    line bigint not null,
    account_id text, occurred_at text, kind text, person_id text, csm_email text, note text, recorded_at text,
    raw text
) on commit drop
