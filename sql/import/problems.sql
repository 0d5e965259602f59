-- Purpose: collects what is wrong with the staged rows of one import.
-- Grain: one row per problem.
create temp table problem (
    line bigint not null,
    column_name text,
    reason text not null
) on commit drop
