-- Receipts of everything that came in, and the rows that were refused.
-- Why: an import can be explained, repeated and corrected afterwards.

create table hale_data.import_receipt (
    import_id bigint generated always as identity primary key,
    kind text not null,
    file_name text not null,
    sha256 text not null,
    source text not null,
    mapping text,
    is_history boolean not null default false,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    rows_read bigint not null default 0,
    inserted bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    rejected bigint not null default 0,
    skipped bigint not null default 0,
    created_people bigint not null default 0,
    created_features bigint not null default 0,
    created_accounts bigint not null default 0,
    notes text[] not null default '{}'
);
create index import_receipt_file on hale_data.import_receipt (kind, sha256);
comment on table hale_data.import_receipt is 'local: one row per finished import';

create table hale_data.import_reject (
    import_id bigint not null references hale_data.import_receipt,
    line bigint not null,
    ordinal integer not null,
    column_name text,
    reason text not null,
    raw text not null,
    primary key (import_id, line, ordinal)
);
comment on table hale_data.import_reject is
    'local: one row per problem of a row that was left out, with the row as it came';
