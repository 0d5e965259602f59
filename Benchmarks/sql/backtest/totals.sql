-- Purpose: renewals that were looked at, on how many days, and the events of usage.
select count(*), count(distinct snapshot_on), (select count(*) from hale_data.usage_event)
from hale_data.renewal_evidence;
