-- A scored day keeps the facts that it saw, and lists and rules read them there; the functions get other columns and
--   parameters, and are made again with the other views.
drop view if exists hale.account_signal;
drop function if exists hale.account_signal_on(date);
drop function if exists hale_data.account_facts_on(date);
