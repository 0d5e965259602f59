-- Purpose: remembers which rules were evaluated on a day, and which the fleet guard holds.
-- Parameters: $1 day (date), $2 rules (text[]), $3 the first day of each (date[]), $4 since when each is held (date[]).
insert into hale_data.alert_rule as old (rule, first_evaluated_on, evaluated_on, held_since)
select known.rule, known.first_evaluated_on, $1::date, known.held_since
from unnest($2::text[], $3::date[], $4::date[]) as known (rule, first_evaluated_on, held_since)
on conflict (rule) do update
set evaluated_on = excluded.evaluated_on, held_since = excluded.held_since
