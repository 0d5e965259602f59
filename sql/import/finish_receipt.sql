-- Purpose: completes a receipt with its counts.
-- Parameters: $1 receipt, $2 rows read, $3 inserted, $4 updated, $5 unchanged, $6 rejected, $7 skipped, $8
--   people created,
--   $9 features created, $10 accounts created (bigint), $11 notes (text[]), $12 how it was read, where
--   that was found out on the way (text), $13 CSMs created (bigint), $14 what was in before and after
--   (text, null = nothing of it touched).
update hale_data.import_receipt
set finished_at = clock_timestamp(),
    rows_read = $2::bigint,
    inserted = $3::bigint,
    updated = $4::bigint,
    unchanged = $5::bigint,
    rejected = $6::bigint,
    skipped = $7::bigint,
    created_people = $8::bigint,
    created_features = $9::bigint,
    created_accounts = $10::bigint,
    created_csms = $13::bigint,
    effect = $14::text::jsonb,
    notes = $11::text[],
    recipe = coalesce($12::text::jsonb, recipe)
where import_id = $1::bigint
