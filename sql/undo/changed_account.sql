-- Purpose: collects the accounts whose facts change in this transaction.
-- Grain: one row per account.
create temp table changed_account (account_id bigint not null primary key) on commit drop
