-- NPS responses, support tickets, invoices and touchpoints.
-- Why: the drivers besides usage and contracts are computed from these facts.

create table hale_data.nps_response (
    account_id bigint not null,
    response_key text not null,
    person_id bigint,
    score smallint not null check (score between 0 and 10),
    responded_at timestamptz not null,
    comment text,
    survey text,
    recorded_at timestamptz not null,
    import_id bigint,
    primary key (account_id, response_key)
);
comment on table hale_data.nps_response is
    'distributed: NPS responses, one row per account and response id (or file checksum and line where none was given)';

create table hale_data.ticket (
    account_id bigint not null,
    external_id text not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    priority smallint not null check (priority between 1 and 3),
    subject text,
    recorded_at timestamptz not null,
    import_id bigint,
    primary key (account_id, external_id),
    check (closed_at >= opened_at)
);
create index ticket_external_id on hale_data.ticket (external_id);
comment on table hale_data.ticket is
    'distributed: support tickets, one row per account and ticket id; priority 1 is the most urgent';

create table hale_data.invoice (
    account_id bigint not null,
    external_id text not null,
    due_on date not null,
    paid_on date,
    amount_minor bigint,
    currency text check (currency ~ '^[A-Z]{3}$'),
    recorded_at timestamptz not null,
    import_id bigint,
    primary key (account_id, external_id)
);
create index invoice_external_id on hale_data.invoice (external_id);
comment on table hale_data.invoice is 'distributed: invoices, one row per account and invoice id';

create table hale_data.touchpoint (
    account_id bigint not null,
    touchpoint_key text not null,
    occurred_at timestamptz not null,
    kind text check (kind in ('call', 'meeting', 'email', 'reply')),
    person_id bigint,
    csm_id bigint,
    note text,
    recorded_at timestamptz not null,
    import_id bigint,
    primary key (account_id, touchpoint_key)
);
comment on table hale_data.touchpoint is
    'distributed: contacts with an account, one row per file line or sender''s id';
