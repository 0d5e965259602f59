-- Purpose: lets one migrator work at a time, until the transaction ends; who reads goes on. Only the table's owner can
--   take this lock.
lock table hale_data.schema_migration in exclusive mode
