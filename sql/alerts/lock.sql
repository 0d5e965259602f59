-- Purpose: lets one evaluation of rules, or one change of alerts by a person, work at a time; freed with the transaction.
select pg_advisory_xact_lock(7203849118) is null as locked
