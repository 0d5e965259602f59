-- Purpose: makes room for the scores of the next model of the same day.
drop table if exists pg_temp.staged_score
