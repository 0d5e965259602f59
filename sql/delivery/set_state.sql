-- Purpose: pauses, resumes or disables a receiver; a resumed one begins without a mark of failure.
-- Grain: one row, none where the state was that already. Parameters: $1 name, $2 state, $3 reason (text).
-- not null: receiver_id
update hale_data.receiver
set state = $2::text, state_reason = $3::text, state_at = now(),
    failing_since = case when $2::text = 'active' then null else failing_since end
where name = $1::text and state <> $2::text
returning receiver_id
