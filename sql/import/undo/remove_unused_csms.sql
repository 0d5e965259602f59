-- Purpose: takes back the CSMs that an import created because rows named them, and whom nothing names any more.
-- Grain: one row per CSM taken back. Parameters: $1 receipt (bigint).
delete from hale_data.csm as csm
where csm.import_id = $1::bigint
    and not exists (select from hale_data.account as account where account.csm_id = csm.csm_id)
    and not exists (select from hale_data.account_cover as cover where cover.csm_id = csm.csm_id)
    and not exists (select from hale_data.touchpoint as touchpoint where touchpoint.csm_id = csm.csm_id)
