-- Purpose: finds the accounts for which the conditions of a rule fail on a day, where evaluating all of them at once
--   failed: what one account's figures do to a condition costs that account alone. Leaves their keys in a setting of
--   the transaction, which alerts/failing_accounts reads: the role that evaluates conditions can write nothing else.
-- Between the marks stand the day, the signals, which may be those of alerts/trial, and one letter for each condition,
-- which passed the guard.
do $hale_conditions$
#variable_conflict use_column
declare
    hale_row hale.account_signal;
    hale_keys text := '';
begin
    for hale_row in
        /*signals*/
        select signal.* from hale.account_signal_on(/*day*/ null /*end day*/) as signal
        /*end signals*/
    loop
        begin
            perform /*met*/ ''::text /*end met*/, /*cleared*/ ''::text /*end cleared*/
            from (select (hale_row).*) as signal;
        exception when data_exception then
            hale_keys := hale_keys || ',' || hale_row.account_key;
        end;
    end loop;
    perform set_config('hale.failing_accounts', '{' || ltrim(hale_keys, ',') || '}', true);
end
$hale_conditions$
