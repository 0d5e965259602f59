-- Purpose: the rows that a full score writes, as a file, and a table like theirs to write them to again.
-- Variables: as_of, file.
create schema if not exists bench;
drop table if exists bench.score;
create table bench.score (like hale_data.health_score including all);
copy (
    select * from hale_data.health_score where day = :'as_of' order by account_id
) to stdout (format binary) \g :file
