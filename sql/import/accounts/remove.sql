-- Purpose: takes back the accounts that an import created and on which no fact hangs, with their scores and tasks.
-- Grain: one row per account taken back. Parameters: $1 receipt (bigint).
with
removed as (
    delete from hale_data.account as account
    where account.import_id = $1::bigint
        and not exists (select from hale_data.contract as fact where fact.account_id = account.account_id)
        and not exists (select from hale_data.person as fact where fact.account_id = account.account_id)
        and not exists (select from hale_data.usage_month as fact where fact.account_id = account.account_id)
        and not exists (select from hale_data.nps_response as fact where fact.account_id = account.account_id)
        and not exists (select from hale_data.ticket as fact where fact.account_id = account.account_id)
        and not exists (select from hale_data.invoice as fact where fact.account_id = account.account_id)
        and not exists (select from hale_data.touchpoint as fact where fact.account_id = account.account_id)
        and not exists (select from hale_data.band_override as fact where fact.account_id = account.account_id)
        and not exists (select from hale_data.pulse as fact where fact.account_id = account.account_id)
        and not exists (select from hale_data.account_note as fact where fact.account_id = account.account_id)
        and not exists (select from hale_data.account_cover as fact where fact.account_id = account.account_id)
        and not exists (
            select from hale_data.account as child
            where child.parent_account_id = account.account_id
                and child.import_id is distinct from $1::bigint)
    returning account.account_id
),
scores as (
    delete from hale_data.health_score as score
    using removed
    where score.account_id = removed.account_id
),
tasks as (
    delete from hale_data.task as task
    using removed
    where task.account_id = removed.account_id
),
task_events as (
    delete from hale_data.task_event as event
    using removed
    where event.account_id = removed.account_id
)
delete from hale_data.account_key as key
using removed
where key.account_id = removed.account_id
