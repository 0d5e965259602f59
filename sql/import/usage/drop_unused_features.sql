-- Purpose: forgets features first seen on rows that turned out bad.
delete from new_feature
where not exists (select from feature_count where feature_count.feature_id = new_feature.feature_id)
    and not exists (select from identified where identified.feature_id = new_feature.feature_id)
