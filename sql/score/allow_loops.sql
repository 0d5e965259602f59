-- Purpose: lets the next statements of the transaction join as the server thinks best again.
set local enable_nestloop = on
