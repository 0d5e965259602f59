-- Purpose: remembers which rules were evaluated on a day, of which run of it, and which the fleet guard holds.
-- Parameters: $1 day (date), $2 rules (text[]), $3 the first day of each (date[]), $4 since when each is held (date[]),
--   $5 the newest run of the day that was seen (bigint).
insert into hale_data.alert_rule as old (rule, first_evaluated_on, evaluated_on, held_since, evaluated_run)
select known.rule, known.first_evaluated_on, $1::date, known.held_since, $5::bigint
from unnest($2::text[], $3::date[], $4::date[]) as known (rule, first_evaluated_on, held_since)
on conflict (rule) do update
set previous_on = case when old.evaluated_on < excluded.evaluated_on then old.evaluated_on else old.previous_on end,
    previous_held_since = case
        when old.evaluated_on < excluded.evaluated_on then old.held_since else old.previous_held_since
    end,
    evaluated_on = excluded.evaluated_on, held_since = excluded.held_since, evaluated_run = excluded.evaluated_run
