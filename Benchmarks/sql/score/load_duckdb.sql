-- Purpose: DuckDB's own table of person-days. Variables: file.
create table person_day as
select
    account_id,
    person_id,
    month + bit::integer as day,
    (1 + person_id % 3)::integer as events,
    1 + person_id % 3 as quantity
from read_csv(:'file', columns = {
    'account_id': 'bigint', 'person_id': 'bigint', 'month': 'date', 'active_days': 'integer'})
cross join range(0, 31) as day_of_month (bit)
where (active_days >> bit::integer) & 1 = 1
order by account_id, person_id, day;
checkpoint;
