-- Purpose: keeps a receiver that was added by a command; nothing where the name is taken.
-- Grain: one row, none where the name is taken. Parameters: $1 name, $2 definition (JSON as text).
-- not null: receiver_id
insert into hale_data.receiver (name, definition)
values ($1::text, $2::text::jsonb)
on conflict (name) do update
set definition = excluded.definition
where receiver.definition is null and not exists (
    select from hale_data.outbox as told where told.receiver_id = receiver.receiver_id)
returning receiver_id
