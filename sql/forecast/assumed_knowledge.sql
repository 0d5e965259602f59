-- Purpose: share of the imported rows whose time of knowledge is assumed to be their own time (import --history).
-- Grain: one row; null where nothing was imported.
select
    coalesce(sum(inserted) filter (where is_history), 0)::double precision / nullif(sum(inserted), 0) as share
from hale_data.import_receipt
where kind in ('contracts', 'usage', 'nps', 'tickets', 'invoices', 'touchpoints')
