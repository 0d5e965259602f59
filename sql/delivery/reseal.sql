-- Purpose: replaces sealed secrets by the same secrets sealed with another key.
-- Grain: one row per secret replaced. Parameters: $1 receivers (bigint[]), $2 secrets (bigint[]), $3 sealed, in
--   hexadecimal digits (text[]).
-- not null: secret_id
update hale_data.receiver_secret as secret
set sealed = decode(given.sealed, 'hex')
from unnest($1::bigint[], $2::bigint[], $3::text[]) as given (receiver_id, secret_id, sealed)
where secret.receiver_id = given.receiver_id and secret.secret_id = given.secret_id
returning secret.secret_id
