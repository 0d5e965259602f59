-- Purpose: takes the scores of a day away, so that the next run writes them again.
-- Variables: as_of.
delete from hale_data.health_score where day = :'as_of';
delete from hale_data.portfolio_day where day = :'as_of';
delete from hale_data.score_run where day = :'as_of';
vacuum hale_data.health_score;
