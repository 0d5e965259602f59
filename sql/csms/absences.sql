-- Purpose: who covers for whom on a day or later, where nothing that was set later holds over all of its rest.
-- Grain: one row per absent CSM, who covers, and span; the next to end first. Parameters: $1 day (date), $2 e-mail of
--   either (text; null = all).
-- not null: covering, starts_on, until_on, accounts
select
    own.email as csm, covering.email as covering, cover.starts_on, cover.until_on, count(*) as accounts
from hale_data.account_cover as cover
join hale_data.account as account on account.account_id = cover.account_id
join hale_data.csm as covering on covering.csm_id = cover.csm_id
left join hale_data.csm as own on own.csm_id = account.csm_id
where cover.until_on >= $1::date
    and cover.csm_id is distinct from account.csm_id
    and not exists (
        select from hale_data.account_cover as later
        where later.account_id = cover.account_id and later.cover_id > cover.cover_id
            and later.starts_on <= greatest(cover.starts_on, $1::date) and later.until_on >= cover.until_on)
    and ($2::text is null or own.email = $2::text or covering.email = $2::text)
group by own.email, covering.email, cover.starts_on, cover.until_on
order by cover.until_on, cover.starts_on, own.email, covering.email
