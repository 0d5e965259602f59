-- Purpose: person-days, and people active in 28 days, of the packed tables. Variables: as_of.
select
    sum(bit_count(active_days::bit(32))),
    count(distinct person_id) filter (
        where active_days & hale_data.days_mask(month, date :'as_of' - 28, date :'as_of') <> 0)
from hale_data.person_month;
