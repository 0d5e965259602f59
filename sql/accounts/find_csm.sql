-- Purpose: the CSMs that somebody may mean with a text: by e-mail in any case, by its beginning, by name.
-- Grain: one row per CSM, the likeliest first. Parameters: $1 the text (text), $2 the most rows (integer).
-- not null: email, likeness
select meant.email, meant.likeness
from (
    select
        csm.email,
        case
            when csm.email = lower($1::text) then 0
            when lower(csm.name) = lower($1::text) then 1
            when starts_with(csm.email, lower($1::text)) then 2
        end as likeness
    from hale_data.csm as csm
) as meant
where meant.likeness is not null
order by meant.likeness, meant.email
limit $2::integer
