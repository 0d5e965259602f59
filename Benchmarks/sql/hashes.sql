-- Purpose: what all made-up data follow from: bits and shares of a key, a purpose and the seed.
-- The seed is written into the functions, so that the planner can put them in line.
-- Variables: seed.

-- 64 bits.
create function pg_temp.bits(key bigint, purpose integer) returns bigint
language sql immutable
return hashint8extended(key, purpose + 1000 * :seed::bigint);

-- A number from 0 to below 1.
create function pg_temp.share(key bigint, purpose integer) returns double precision
language sql immutable
return (pg_temp.bits(key, purpose) & 1048575) / 1048576.0::float8;
