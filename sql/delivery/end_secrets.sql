-- Purpose: takes a receiver's secrets away, and of all receivers those that ended.
-- Grain: one row per secret taken away. Parameters: $1 receiver, null for none (bigint).
-- not null: secret_id
delete from hale_data.receiver_secret as secret
where secret.receiver_id = $1::bigint or secret.expires_at <= now()
returning secret.secret_id
