-- Purpose: remembers a migration. Parameters: $1 number (integer), $2 name, $3 checksum (text).
insert into hale_data.schema_migration (number, name, checksum)
values ($1::integer, $2::text, $3::text)
on conflict (number) do update
set name = excluded.name, checksum = excluded.checksum, applied_at = now()
