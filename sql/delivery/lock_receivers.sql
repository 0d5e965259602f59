-- Purpose: holds receivers while their deliveries are claimed, so that workers keep to one limit together.
-- Grain: one row per active receiver that nobody else holds. Parameters: $1 receivers (bigint[]).
-- not null: receiver_id
select receiver.receiver_id, receiver.claimed_by
from hale_data.receiver as receiver
where receiver.receiver_id = any ($1::bigint[]) and receiver.state = 'active'
order by receiver.receiver_id
for no key update skip locked
