-- Purpose: the bytes of the raw events and of the packed months, with their partitions and indexes.
select
    sum(pg_total_relation_size(oid)) filter (where relname ~ '^usage_event(_[0-9_]+)?$'),
    sum(pg_total_relation_size(oid)) filter (where relname ~ '^(usage|person|feature)_month(_[0-9_]+)?$')
from pg_class
where relnamespace = 'hale_data'::regnamespace and relkind = 'r';
