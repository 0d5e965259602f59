-- Purpose: collects the account-months whose packed usage has to be made again.
-- Grain: one row per account and month.
create temp table touched (account_id bigint not null, month date not null, primary key (account_id, month))
on commit drop
