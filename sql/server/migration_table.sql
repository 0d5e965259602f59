-- What the migrator remembers; made before the first migration.
create schema if not exists hale_data;
create schema if not exists hale;
create table if not exists hale_data.schema_migration (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
);
comment on table hale_data.schema_migration is 'local: applied migrations; number 0 is the set of views';
