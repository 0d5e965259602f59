-- What receipts say further: CSMs created because a row named them, and what was in before and after the import.
-- Why: an import that turns twelve times the ARR or half the people is seen at once, and later too.

alter table hale_data.import_receipt
    add column created_csms bigint not null default 0,
    add column effect jsonb;
comment on column hale_data.import_receipt.effect is
    'ARR, contracts, people and accounts before and after, and what is doubtful about it; null before this was kept';
