-- Purpose: the rows of a usage file, every value canonical text.
create temp table staged (
    line bigint not null,
    account_id text, contract_id text, person_id text, feature text, occurred_at text, quantity text,
    event_id text, recorded_at text,
    raw text
) on commit drop
