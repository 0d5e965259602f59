-- Purpose: the run of the scoring stage that was started last.
-- Grain: one row, or none before the first run.
-- not null: day, is_finished
select run.day, run.finished_at is not null as is_finished, run.error
from hale_data.score_run as run
order by run.run_id desc
limit 1
