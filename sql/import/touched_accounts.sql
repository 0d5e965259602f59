-- Purpose: collects the accounts whose facts a transaction changes; whatever changes facts adds to it.
-- Grain: any number of rows per account.
create temp table touched_account (
    account_id bigint not null
) on commit drop
