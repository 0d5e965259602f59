-- What an import changed and how its file was read: enough to undo it, and to import rejected rows again.
-- Why this way: a row says which import wrote it last (import_id), and what an import overwrites is kept as the row
--   was (import_change). Undoing the newest import of a kind then needs no more: a row of that import with an earlier
--   image gets it back, one without was new and goes. So first loads, which only insert, cost eight bytes a row;
--   tables that are only added to (contract_version, touchpoint, usage_event) need no images at all.
-- import_id is a default, so every statement of an import stamps what it inserts, people and features created on the
--   way included, without naming it.

alter table hale_data.import_receipt
    add column recipe jsonb,
    add column replay_of bigint references hale_data.import_receipt,
    add column undone_at timestamptz;
comment on column hale_data.import_receipt.recipe is
    'how to read a row of the file again: mapping, header, separator, formats; null before this was kept';
comment on column hale_data.import_receipt.replay_of is 'the import whose rejected rows this one took in';

create table hale_data.import_change (
    import_id bigint not null references hale_data.import_receipt,
    table_name text not null,
    before jsonb not null
);
create index import_change_import on hale_data.import_change (import_id);
comment on table hale_data.import_change is
    'local: one row per row that an import overwrote or took away, as it was before';

-- The import that the transaction belongs to; null outside one.
create function hale_data.current_import() returns bigint
language sql stable as
$$ select nullif(current_setting('hale.import_id', true), '')::bigint $$;

alter table hale_data.csm add column import_id bigint;
alter table hale_data.csm alter column import_id set default hale_data.current_import();
alter table hale_data.feature add column import_id bigint;
alter table hale_data.feature alter column import_id set default hale_data.current_import();
alter table hale_data.holiday add column import_id bigint;
alter table hale_data.holiday alter column import_id set default hale_data.current_import();
alter table hale_data.fx_rate add column import_id bigint;
alter table hale_data.fx_rate alter column import_id set default hale_data.current_import();
alter table hale_data.account add column import_id bigint;
alter table hale_data.account alter column import_id set default hale_data.current_import();
alter table hale_data.person add column import_id bigint;
alter table hale_data.person alter column import_id set default hale_data.current_import();
alter table hale_data.usage_event_key add column import_id bigint;
alter table hale_data.usage_event_key alter column import_id set default hale_data.current_import();

-- A person whose name, e-mail and id were erased stays as one that nobody can name, so that counts stay.
alter table hale_data.person alter column external_id drop not null;
alter table hale_data.person
    add column erased_at timestamptz,
    add constraint person_named check (external_id is not null or erased_at is not null);

-- An amount in minor units as one in major units; for the expressions of a mapping.
create function hale_data.major_units(minor numeric, currency text) returns numeric
language sql immutable as
$$ select trim_scale(minor / 10::numeric ^ hale_data.minor_digits(upper(currency))) $$;
