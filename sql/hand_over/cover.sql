-- Purpose: has a CSM look after accounts for some days and writes a note to each. It holds over what was set before for
--   these days; the account's own CSM takes back what others cover.
-- Grain: one row per account asked for, in order of its id. Parameters: $1 account ids (text[]), $2 e-mail of who
--   covers (text), $3 first, $4 last day (date), $5 why (text; null = nobody says), $6 who (text; null = nobody says).
-- not null: account_id, name, is_changed
with
asked as (
    select
        account.account_id, account.external_id, account.name, own.email as csm, target.csm_id, target.email,
        coalesce(account.csm_id = target.csm_id, false) as is_own
    from hale_data.account as account
    join hale_data.csm as target on target.email = lower($2::text)
    left join hale_data.csm as own on own.csm_id = account.csm_id
    where account.external_id = any ($1::text[])
    for update of account
),
compared as (
    select
        asked.*,
        case
            when newest.csm_id = asked.csm_id and newest.starts_on <= $3::date and newest.until_on >= $4::date
                then false
            else not asked.is_own or newest.csm_id is not null
        end as is_changed
    from asked
    -- What was set last for any of these days.
    left join lateral (
        select cover.csm_id, cover.starts_on, cover.until_on
        from hale_data.account_cover as cover
        where cover.account_id = asked.account_id and cover.starts_on <= $4::date and cover.until_on >= $3::date
        order by cover.cover_id desc
        limit 1
    ) as newest on true
),
kept as (
    insert into hale_data.account_cover (account_id, csm_id, starts_on, until_on, set_by)
    select compared.account_id, compared.csm_id, $3::date, $4::date, $6::text
    from compared
    where compared.is_changed
),
noted as (
    insert into hale_data.account_note (account_id, note, noted_by, noted_at)
    select
        compared.account_id,
        compared.email
            || case
                when compared.is_own then ' looks after it without cover'
                else ' covers for ' || coalesce(compared.csm, 'nobody')
            end
            || ' from ' || $3::date || ' to ' || $4::date || coalesce(': ' || $5::text, ''),
        $6::text, now()
    from compared
    where compared.is_changed
)
select compared.external_id as account_id, compared.name, compared.csm, compared.is_changed
from compared
order by compared.external_id
