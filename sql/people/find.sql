-- Purpose: the people that an id or e-mail address names, with the patterns by which their traces are found: mention
--   matches the address, the name and an id of six or more characters as words of a text, field the id as a whole
--   field of a raw row, account_field the account's id or a contract's likewise.
-- Grain: one row per person. Parameters: $1 id or e-mail, $2 account id (text, null = any).
-- not null: account_id, account, person_id, external_id, mention, field, account_field
with
named as (
    select
        person.account_id, account.external_id as account, person.person_id, person.external_id,
        person.name, person.email
    from hale_data.person as person
    join hale_data.account as account on account.account_id = person.account_id
    where (
            person.external_id = $1::text or lower(person.email) = lower($1::text)
            -- An id that is an e-mail address has no case.
            or strpos($1::text, '@') > 0 and lower(person.external_id) = lower($1::text))
        and (account.external_id = $2::text or $2::text is null)
        and person.erased_at is null
),
-- Everything but letters, digits and spaces is escaped, so that it stands for itself.
escaped as (
    select
        named.account_id, named.person_id, word.what,
        regexp_replace(word.content, '([^[:alnum:][:space:]])', '\\\1', 'g') as content,
        length(word.content) as length
    from named
    cross join lateral (
        select 'mention' as what, named.email as content where named.email <> ''
        union
        select 'mention', named.name where length(named.name) >= 3
        union
        -- What the person was called before an import changed it.
        select 'mention', earlier.content
        from hale_data.import_change as change
        cross join lateral (values (change.before ->> 'name'), (change.before ->> 'email')) as earlier (content)
        where change.table_name = 'person'
            and (change.before ->> 'account_id')::bigint = named.account_id
            and (change.before ->> 'person_id')::bigint = named.person_id
            and length(earlier.content) >= 3
        union
        select 'mention', named.external_id where length(named.external_id) >= 6
        union
        select 'field', named.external_id
        union
        select 'account_field', named.account
        union
        select 'account_field', contract.external_id
        from hale_data.contract as contract
        where contract.account_id = named.account_id
    ) as word
),
pattern as (
    select
        account_id, person_id, what,
        '(' || string_agg(content, '|' order by length desc, content) || ')' as words
    from escaped
    group by account_id, person_id, what
)
select
    named.account_id, named.account, named.person_id, named.external_id, named.name, named.email,
    -- Where there is nothing to look for, the pattern matches nothing.
    coalesce('(?<![[:alnum:]])' || mention.words || '(?![[:alnum:]])', 'x(?<!x)') as mention,
    '(^|[,;|\t"])\s*' || field.words || '\s*($|[,;|\t"])' as field,
    '(^|[,;|\t"])\s*' || account_field.words || '\s*($|[,;|\t"])' as account_field
from named
left join pattern as mention
    on mention.account_id = named.account_id and mention.person_id = named.person_id and mention.what = 'mention'
join pattern as field
    on field.account_id = named.account_id and field.person_id = named.person_id and field.what = 'field'
join pattern as account_field
    on account_field.account_id = named.account_id and account_field.person_id = named.person_id
    and account_field.what = 'account_field'
order by named.account, named.external_id
