-- Purpose: keeps the text of a model under its hash.
-- Parameters: $1 hash, $2 name, $3 text, $4 drivers (text[]), $5 names of the facts (text[]), $6 whether it is scored
--   beside the model that applies.
insert into hale_data.model (model_hash, name, text, drivers, facts, is_beside)
values ($1::text, $2::text, $3::text, $4::text[], $5::text[], $6::boolean)
on conflict (model_hash) do nothing
