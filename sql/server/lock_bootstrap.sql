-- Purpose: lets one command at a time make roles and database, until its session ends: a database is made outside a
--   transaction. Only a private server is asked, which no pooler stands before.
select pg_catalog.pg_advisory_lock(7203849117)
