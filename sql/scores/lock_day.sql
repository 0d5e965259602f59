-- Purpose: lets one run write scores at a time, until the transaction ends.
select pg_advisory_xact_lock(hashtext('hale score')) is null as locked
