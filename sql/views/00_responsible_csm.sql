-- Who looks after each account on a day: whoever covers for its CSM on it, else its CSM. Every list, filter and view
-- asks this; what an account is scored by asks for its own CSM, as an absence changes who acts and not what is
--   measured.

-- Purpose: the covers that hold on a day, of several the one that was set last.
-- Grain: one row per account that has one.
create or replace function hale_data.account_cover_on(as_of date)
returns table (account_id bigint, csm_id bigint, starts_on date, until_on date)
language sql stable as
$$
    select distinct on (cover.account_id) cover.account_id, cover.csm_id, cover.starts_on, cover.until_on
    from hale_data.account_cover as cover
    where cover.starts_on <= as_of and cover.until_on >= as_of
    order by cover.account_id, cover.cover_id desc
$$;

-- Purpose: the CSM who is responsible for each account on a day, and for whom: covered is the account's own CSM where
--   another covers, else null. Two halves, so that an account and a CSM are both found by their index.
-- Grain: one row per account that has a CSM on the day.
create or replace function hale_data.responsible_csm_on(as_of date)
returns table (
    account_id bigint, csm_id bigint, email text, name text, capacity_minutes integer, covered_csm_id bigint,
    covered text, covered_until date)
language sql stable as
$$
    select
        account.account_id, csm.csm_id, csm.email, csm.name, csm.capacity_minutes, null::bigint, null::text, null::date
    from hale_data.account as account
    join hale_data.csm as csm on csm.csm_id = account.csm_id
    where account.account_id not in (select cover.account_id from hale_data.account_cover_on(as_of) as cover)
    union all
    select
        account.account_id, csm.csm_id, csm.email, csm.name, csm.capacity_minutes, own.csm_id, own.email,
        case when own.csm_id is not null then cover.until_on end
    from hale_data.account_cover_on(as_of) as cover
    join hale_data.account as account on account.account_id = cover.account_id
    join hale_data.csm as csm on csm.csm_id = cover.csm_id
    left join hale_data.csm as own on own.csm_id = account.csm_id and own.csm_id <> cover.csm_id
$$;
