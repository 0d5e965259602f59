-- Purpose: the sealed secrets that have not expired, the newest first.
-- Grain: one row per secret. Parameters: none.
-- not null: receiver_id, sealed
select secret.receiver_id, secret.sealed
from hale_data.receiver_secret as secret
where secret.expires_at is null or secret.expires_at > now()
order by secret.receiver_id, secret.secret_id desc
