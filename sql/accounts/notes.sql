-- Purpose: notes about an account, newest first; those of the day itself count.
-- Grain: one row per note. Parameters: $1 day (date), $2 account id (text), $3 how many (bigint).
-- not null: note, noted_on
select note.note, note.noted_by, hale_data.day_of(note.noted_at) as noted_on
from hale_data.account_note as note
join hale_data.account as account on account.account_id = note.account_id
where account.external_id = $2::text
    and note.noted_at < hale_data.day_start($1::date + 1)
order by note.noted_at desc, note.note_id desc
limit $3::bigint
