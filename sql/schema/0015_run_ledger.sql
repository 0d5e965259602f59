-- Why each run of the scoring stage wrote what it wrote, and since when the inputs of a day are stale.
-- Why: a row names the run that wrote it last; with the run's reason, when and why a score was replaced can be told.

alter table hale_data.score_run add column reason text;
comment on column hale_data.score_run.reason is
    'why the day was scored, and scored again: its first run, changed facts, or what changed for all accounts';

alter table hale_data.portfolio_day
    add column stale_since date,
    add column stale_feeds text[] not null default '{}';
comment on column hale_data.portfolio_day.stale_since is
    'the first day on which a feed no longer counted in full; null where every feed is fresh or was never there';
comment on column hale_data.portfolio_day.stale_feeds is 'the feeds that do not count in full';

-- Its columns change; it is made again with the other views.
drop view if exists hale.account_health;
drop function if exists hale.account_health_on(date);
