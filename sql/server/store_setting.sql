-- Purpose: sets a setting of the organisation. Parameters: $1 name, $2 value (text).
insert into hale_data.setting (name, value)
values ($1::text, $2::text)
on conflict (name) do update set value = excluded.value
