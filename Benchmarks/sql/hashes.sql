-- Purpose: what all made-up data follow from: bits and shares of a key, a purpose and the seed.
-- Variables: seed.
select set_config('bench.seed', :'seed', false) \g /dev/null

-- 64 bits.
create function pg_temp.bits(key bigint, purpose integer) returns bigint
language sql immutable as
$$ select hashint8extended(key, purpose + 1000 * current_setting('bench.seed')::bigint) $$;

-- A number from 0 to below 1.
create function pg_temp.share(key bigint, purpose integer) returns double precision
language sql immutable as
$$ select (pg_temp.bits(key, purpose) & 1048575) / 1048576.0::float8 $$;
