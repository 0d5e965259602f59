-- Purpose: notes of alerts that fire that receivers are told of them, or why the digest alone is.
-- Parameters: $1 day (date), $2 accounts, $3 alerts (bigint[]), $4 reasons for the digest, or null (text[]).
update hale_data.alert as alert
set announced_on = $1::date, digest_reason = decided.reason
from unnest($2::bigint[], $3::bigint[], $4::text[]) as decided (account_id, alert_id, reason)
where alert.account_id = decided.account_id and alert.alert_id = decided.alert_id
