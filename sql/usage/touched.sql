-- Purpose: collects the account-months to pack anew.
-- Grain: one row per account and month.
create temp table touched (account_id bigint not null, month date not null) on commit drop
