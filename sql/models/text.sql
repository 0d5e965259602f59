-- Purpose: the kept text of a model. Grain: one row or none. Parameters: $1 hash of the model (text).
-- not null: name, text
select name, text from hale_data.model where model_hash = $1::text
