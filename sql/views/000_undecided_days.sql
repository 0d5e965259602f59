-- For how many days after its end a term may be undecided: until then it may be renewed late or be followed by another
-- contract, from then on it is lost.
create or replace function hale_data.undecided_days() returns integer
language sql immutable as
$$
    select 90
$$;
