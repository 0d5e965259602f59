-- A scored day keeps the facts that it saw, and lists and rules read them there; the functions get other columns and
--   parameters, and are made again with the other views.
drop view if exists hale.account_signal;
drop function if exists hale.account_signal_on(date);
drop function if exists hale_data.account_facts_on(date);

-- An alert's texts are made when something happens to it, and have the figures of that day.
alter table hale_data.alert add column worded_on date;
update hale_data.alert set worded_on = evaluated_on;
comment on column hale_data.alert.worded_on is 'the day whose figures the annotations have';
