-- Purpose: the newest import of the same file, if there was one. One that was undone does not count; replays belong
--   to the import whose rows they took in.
-- Grain: one row or none. Parameters: $1 kind, $2 sha256, $3 text of the mapping (text; null = none).
-- not null: import_id, rows_read, rejected, is_newest
select
    receipt.import_id,
    receipt.rows_read,
    (
        select count(distinct reject.line)
        from hale_data.import_reject as reject
        where reject.import_id = receipt.import_id
    ) as rejected,
    receipt.recipe #>> '{mapping,text}' is not distinct from $3::text
    and not exists (
        select from hale_data.import_receipt as later
        where later.kind = receipt.kind and later.import_id > receipt.import_id and later.undone_at is null
            and later.replay_of is distinct from receipt.import_id
    ) as is_newest
from hale_data.import_receipt as receipt
where receipt.kind = $1::text and receipt.sha256 = $2::text and receipt.finished_at is not null
    and receipt.undone_at is null and receipt.replay_of is null
order by receipt.import_id desc
limit 1
