-- Digests: what receivers of mail are sent regularly, a CSM's day or the forecast of a week.
-- Why: a digest is sent once however often it is asked for, by a person or by several schedulers at once. Messages
--   leave
--   their table when they have arrived, so that something else has to remember that there was one.
alter table hale_data.delivery drop constraint delivery_kind_check;
alter table hale_data.delivery add constraint delivery_kind_check
    check (kind in ('alerts', 'test', 'notice', 'digest'));

create table hale_data.digest (
    receiver_id bigint not null references hale_data.receiver,
    kind text not null check (kind in ('daily', 'weekly-forecast')),
    day date not null,
    csm_id bigint,
    webhook_id text not null,
    recorded_at timestamptz not null default now(),
    unique nulls not distinct (receiver_id, kind, day, csm_id)
);
create index digest_day on hale_data.digest (day);
comment on table hale_data.digest is
    'local: digests that were made, one row per receiver, kind, day (of a week its Monday) and CSM; without one about '
    'everybody';
