-- Why an amount is missing, beside it in every view.
-- Why: an amount without an exchange rate is null everywhere; only hale.account_health said which rate is missing.

-- Their columns change; they are made again with the other views.
drop view if exists hale.account_signal;
drop function if exists hale.account_signal_on(date);
drop view if exists hale.retention_month;
drop function if exists hale.retention_month_on(date);
drop view if exists hale.arr_movement;
drop function if exists hale.arr_movement_on(date);
drop view if exists hale.renewal_forecast;
drop function if exists hale.renewal_forecast_on(date);
drop view if exists hale.renewal;
drop function if exists hale.renewal_on(date);
drop function if exists hale_data.arr_movement_of(date[], date[], date);
drop function if exists hale_data.arr_period(date[], date[], date);
drop function if exists hale_data.decided_renewal_on(date);
