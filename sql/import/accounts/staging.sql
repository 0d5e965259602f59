-- Purpose: the rows of an accounts file, every value canonical text.
create temp table staged (
    line bigint not null,
    account_id text, name text, segment text, lifecycle_stage text, country text, industry text,
    csm_email text, parent_account_id text, created_on text, recorded_at text,
    raw text
) on commit drop
