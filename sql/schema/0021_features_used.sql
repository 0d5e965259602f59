-- The fact of used key features is named without its window.
-- Why: a model says over how many days they are counted. Facts are found by their names, so models kept before get the
--   new one.
update hale_data.model set facts = array_replace(facts, 'key_features_used_28d', 'key_features_used');
