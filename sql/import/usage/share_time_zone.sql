-- Purpose: keeps the organisation's time zone as it is while usage is counted into days, until the transaction ends.
select pg_advisory_xact_lock_shared(hashtext('hale usage'), -1) is null as locked
