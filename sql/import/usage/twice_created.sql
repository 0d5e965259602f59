-- Purpose: people and features that another import created meanwhile: the ids given here and the ids to use instead.
-- Grain: one row per person or feature.
create temp table twice_created on commit drop as
select 'person' as what, mine.person_id as given_id, theirs.person_id as used_id
from new_person as mine
join hale_data.person as theirs on theirs.account_id = mine.account_id and theirs.external_id = mine.external_id
where theirs.person_id <> mine.person_id
union all
select 'feature', mine.feature_id, theirs.feature_id
from new_feature as mine
join hale_data.feature as theirs on theirs.name = mine.name
where theirs.feature_id <> mine.feature_id
