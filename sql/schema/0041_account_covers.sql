-- Who looks after accounts while their CSM is away.
-- Why: an absence must move the list for some days and give it back by itself; a change of the account's own CSM
--   would have to be remembered and undone by hand. Covers are never changed: the one that was set last holds, so that
--   the account's own CSM as cover takes one back.

create table hale_data.account_cover (
    account_id bigint not null,
    cover_id bigint generated always as identity,
    csm_id bigint not null,
    starts_on date not null,
    until_on date not null,
    set_by text,
    recorded_at timestamptz not null default now(),
    primary key (account_id, cover_id),
    check (until_on >= starts_on)
);
create index account_cover_csm on hale_data.account_cover (csm_id);
comment on table hale_data.account_cover is
    'distributed: who looks after an account in the absence of its CSM, one row per cover; it holds from starts_on to '
    'until_on, unless another was set later';

-- Its columns change; they are made again with the other views.
drop view if exists hale.account_health;
drop function if exists hale.account_health_on(date);
drop function if exists hale_data.account_facts_on(date);
