-- Purpose: lets a transaction notice partitions that others have attached to a table it has locked: the
--   server looks for such news when it takes a lock anew, as it does here on the catalogue each time.
-- Grain: one row.
select pg_get_serial_sequence('hale_data.person', 'person_id') is null as noticed
