-- What people say of an account: overrides of its band, their own reading of it (a pulse), and notes.
-- Why: a score that people cannot correct is ignored, and one that they overwrite is lost; so what they say stands
--   beside what was computed, with who said it, when, and until when it holds. Nothing of it is in a score row, so no
--   recompute can lose it.

create table hale_data.band_override (
    account_id bigint not null,
    override_id bigint generated always as identity,
    band text not null check (band in ('red', 'amber', 'green')),
    starts_on date not null,
    until_on date not null,
    reason text not null,
    set_by text not null,
    ended_on date,
    ended_by text,
    recorded_at timestamptz not null default now(),
    ended_at timestamptz,
    primary key (account_id, override_id),
    check (until_on >= starts_on)
);
comment on table hale_data.band_override is
    'distributed: bands that people set, one row per override; it holds from starts_on to until_on, and before ended_on';

create table hale_data.pulse (
    account_id bigint not null,
    pulse_id bigint generated always as identity,
    value smallint not null check (value between 1 and 5),
    note text,
    given_by text,
    given_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    primary key (account_id, pulse_id)
);
comment on table hale_data.pulse is
    'distributed: how a CSM reads an account, 1 bad to 5 good, one row per reading; when it was so, and when it was told';

create table hale_data.account_note (
    account_id bigint not null,
    note_id bigint generated always as identity,
    note text not null,
    noted_by text,
    noted_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    primary key (account_id, note_id)
);
comment on table hale_data.account_note is 'distributed: notes about an account, one row per note';

-- The override in force on a day, as it was known at an instant: the one that was set last.
-- Grain: one row per account with one.
create function hale_data.override_on(as_of date, known_at timestamptz default 'infinity')
returns table (
    account_id bigint, override_id bigint, band text, starts_on date, until_on date, reason text, set_by text)
language sql stable as
$$
    select distinct on (override.account_id)
        override.account_id, override.override_id, override.band, override.starts_on, override.until_on,
        override.reason, override.set_by
    from hale_data.band_override as override
    where override.starts_on <= as_of and override.until_on >= as_of
        and override.recorded_at <= known_at
        and (override.ended_on is null or override.ended_on > as_of or override.ended_at > known_at)
    order by override.account_id, override.override_id desc
$$;

-- The band that people see: the computed one after caps, replaced by an override, except under notice and where too
-- little is known; the same decision as HaleDomain's BandOverride.
create function hale_data.band_under_override(band text, reasons text[], override text) returns text
language sql immutable as
$$
    select case
        when override is null or band is null or band = 'unknown' or 'notice_given' = any (reasons) then band
        else override
    end
$$;

-- Their columns change; they are made again with the other views.
drop view if exists hale.account_health;
drop function if exists hale.account_health_on(date);
