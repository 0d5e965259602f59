-- Purpose: writes digests that nobody has made yet for their receiver, day and CSM. A CSM whom nobody knows gets none.
-- Grain: one row per digest that is new. Parameters: $1 webhook-ids (text[]), $2 receivers (bigint[]), $3 day (date),
--   $4 e-mails of the CSMs, null for everybody (text[]), $5 group keys, $6 bodies (text[]), $7 kind (text).
-- not null: webhook_id
with
given as (
    select given.webhook_id, given.receiver_id, csm.csm_id, given.group_key, given.body
    from unnest($1::text[], $2::bigint[], $4::text[], $5::text[], $6::text[])
        as given (webhook_id, receiver_id, email, group_key, body)
    left join hale_data.csm as csm on csm.email = given.email
    where given.email is null or csm.csm_id is not null
),
made as (
    insert into hale_data.digest (receiver_id, kind, day, csm_id, webhook_id)
    select given.receiver_id, $7::text, $3::date, given.csm_id, given.webhook_id
    from given
    on conflict do nothing
    returning webhook_id
)
insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body)
select given.webhook_id, given.receiver_id, 'digest', given.group_key, given.body
from given
join made on made.webhook_id = given.webhook_id
returning webhook_id
