-- Purpose: keeps the text of a model under its hash; facts that later versions keep are named after those known.
-- Parameters: $1 hash, $2 name, $3 text, $4 drivers (text[]), $5 names of the facts (text[]), $6 whether it is scored
--   beside the model that applies, $7 roll-up, $8 least score of amber, $9 of green (float8).
insert into hale_data.model as model (
    model_hash, name, text, drivers, facts, is_beside, roll_up, amber_from, green_from)
values (
    $1::text, $2::text, $3::text, $4::text[], $5::text[], $6::boolean, $7::text, $8::double precision,
    $9::double precision)
on conflict (model_hash) do update
set facts = excluded.facts
where cardinality(excluded.facts) > cardinality(model.facts)
    and excluded.facts[1:cardinality(model.facts)] = model.facts
