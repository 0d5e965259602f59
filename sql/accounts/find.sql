-- Purpose: the accounts that somebody may mean with a text: by id in any case, by the beginning of the id, by name, by
--   a part of the name. Grain: one row per account, the likeliest first. Parameters: $1 the text (text), $2 the most
--   rows (integer).
-- not null: account_id, name, likeness
select meant.account_id, meant.name, meant.likeness
from (
    select
        account.external_id as account_id, account.name,
        case
            when account.external_id = $1::text then 0
            when lower(account.external_id) = lower($1::text) then 1
            when lower(account.name) = lower($1::text) then 2
            when starts_with(lower(account.external_id), lower($1::text)) then 3
            when strpos(lower(account.name), lower($1::text)) > 0 then 4
        end as likeness
    from hale_data.account as account
) as meant
where meant.likeness is not null
order by meant.likeness, meant.account_id
limit $2::integer
