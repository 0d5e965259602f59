-- Purpose: the reporting currency and the decimals of its minor unit. Grain: one row.
select reporting.currency, hale_data.minor_digits(reporting.currency) as minor_digits
from (select hale_data.reporting_currency() as currency offset 0) as reporting
