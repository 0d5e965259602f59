-- Purpose: an empty stand-in for the staged rows, for statements that ask which accounts a file names.
-- Grain: one row per account.
create temp table staged (account_id text not null) on commit drop
