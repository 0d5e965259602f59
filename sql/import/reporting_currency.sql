-- Purpose: the reporting currency, where it is known.
-- Grain: one row.
select hale_data.reporting_currency() as currency
