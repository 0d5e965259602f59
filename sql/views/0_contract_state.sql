-- What a contract's renewal stands at on a day, in words; the same decision as HaleDomain's ContractState. Beyond how
-- many days past due it has lapsed is for the account's model to say.
create or replace function hale_data.contract_state(
    is_evergreen boolean, days_to_renewal integer, notice_days integer, auto_renew boolean,
    notice_given boolean, signed boolean, lapsed_days integer) returns text
language sql immutable as
$$
    select case
        when is_evergreen then case when notice_given then 'notice_given' else 'evergreen' end
        when days_to_renewal is null then 'no_contract'
        when signed then 'signed'
        when notice_given then 'notice_given'
        when days_to_renewal < -lapsed_days then 'lapsed'
        when days_to_renewal < 0 then 'past_due'
        when days_to_renewal >= notice_days then 'running'
        when auto_renew then 'locked_in'
        else 'window_open_unsigned'
    end
$$;
