-- Purpose: an empty table of typed columns without indexes.
drop table if exists bench.plain;
create table bench.plain (
    account_id text,
    person_id text,
    feature text,
    occurred_at timestamptz,
    quantity bigint
);
