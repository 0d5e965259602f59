-- Raw usage is read by month and by import only: by what undoes an import, and by what packs months again.
-- Why: the index by account and day cost four times as much as the rows themselves when files name accounts in any order,
-- and nothing that runs every night reads raw rows. A block-range index by import costs next to nothing.

drop index hale_data.usage_event_account_day;
create index usage_event_import on hale_data.usage_event using brin (import_id);
