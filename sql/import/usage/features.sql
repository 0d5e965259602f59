-- Purpose: the ids of features, in the order in which they are asked for; unknown ones are created as people are.
-- Grain: one row. Parameters: $1 names (text[]).
-- not null: ids
with
known as (
    select asked.place, asked.name, coalesce(feature.feature_id, mine.feature_id) as feature_id
    from unnest($1::text[]) with ordinality as asked (name, place)
    left join hale_data.feature as feature on feature.name = asked.name
    left join new_feature as mine on mine.name = asked.name
),
created as (
    insert into new_feature (name, feature_id)
    select missing.name, nextval(pg_get_serial_sequence('hale_data.feature', 'feature_id'))
    from (select distinct name from known where feature_id is null) as missing
    returning name, feature_id
)
select array_agg(coalesce(known.feature_id, created.feature_id) order by known.place) as ids
from known
left join created on created.name = known.name
