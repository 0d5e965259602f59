-- How much the accounts use, group by group: what the level of an account's use is compared with.
-- Why: a median over all accounts is a figure of the day like the others, so that a run of a few accounts stands on the
-- same one as the run of all.
alter table hale_data.portfolio_day
    add column level_bases text[] not null default '{}',
    add column level_ages text[] not null default '{}',
    add column level_segments text[] not null default '{}',
    add column level_accounts integer[] not null default '{}',
    add column level_medians double precision[] not null default '{}',
    add column level_deviations double precision[] not null default '{}';
comment on column hale_data.portfolio_day.level_bases is
    'what each group counts: person_days or quantity, with _per_seat where seats are known; one entry per group';
comment on column hale_data.portfolio_day.level_ages is 'young or established; empty for all ages';
comment on column hale_data.portfolio_day.level_segments is 'the segment of each group; empty for all segments';
comment on column hale_data.portfolio_day.level_accounts is 'accounts in each group [accounts]';
comment on column hale_data.portfolio_day.level_medians is 'median of the log rates of each group';
comment on column hale_data.portfolio_day.level_deviations is 'robust standard deviation of the log rates of each group';

-- Its columns change; it is made again with the other views.
drop view if exists hale.account_signal;
drop function if exists hale.account_signal_on(date);
