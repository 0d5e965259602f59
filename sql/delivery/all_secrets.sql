-- Purpose: the sealed secrets that have not expired, with the receivers whose they are.
-- Grain: one row per secret, in order of receiver and age. Parameters: none.
-- not null: secret_id, receiver_id, name, sealed
select secret.secret_id, secret.receiver_id, receiver.name, secret.sealed
from hale_data.receiver_secret as secret
join hale_data.receiver as receiver on receiver.receiver_id = secret.receiver_id
where secret.expires_at is null or secret.expires_at > now()
order by receiver.name, secret.secret_id
