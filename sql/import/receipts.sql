-- Purpose: receipts of imports, newest first. waiting are the rejected rows that are still kept.
-- Grain: one row per import. Parameters: $1 receipt (bigint, null = all), $2 how many (bigint).
-- not null: import_id, kind, file_name, sha256, source, is_history, started, started_at, seconds, rows_read
-- not null: inserted, updated, unchanged, rejected, skipped, created_people, created_features, created_accounts
-- not null: created_csms, notes, waiting
select
    receipt.import_id, receipt.kind, receipt.file_name, receipt.sha256, receipt.source, receipt.mapping,
    receipt.is_history,
    to_char(receipt.started_at at time zone hale_data.time_zone(), 'YYYY-MM-DD HH24:MI') as started,
    to_char(receipt.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as started_at,
    to_char(receipt.undone_at at time zone hale_data.time_zone(), 'YYYY-MM-DD HH24:MI') as undone,
    to_char(receipt.undone_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as undone_at,
    coalesce(extract(epoch from receipt.finished_at - receipt.started_at), 0)::float8 as seconds,
    receipt.rows_read, receipt.inserted, receipt.updated, receipt.unchanged, receipt.rejected, receipt.skipped,
    receipt.created_people, receipt.created_features, receipt.created_accounts, receipt.created_csms,
    receipt.notes,
    receipt.recipe::text as recipe, receipt.effect::text as effect, receipt.replay_of,
    (
        select count(distinct reject.line)
        from hale_data.import_reject as reject
        where reject.import_id = receipt.import_id
    ) as waiting
from hale_data.import_receipt as receipt
where receipt.import_id = $1::bigint or $1::bigint is null
order by receipt.import_id desc
limit $2::bigint
