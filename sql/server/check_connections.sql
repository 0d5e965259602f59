-- Purpose: has the server notice while a statement runs that its client is gone, so that what a killed command held is
--   free again soon.
select set_config('client_connection_check_interval', '2s', false) as interval
