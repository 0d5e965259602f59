-- Raw usage is read by month and by import only: by what undoes an import, and by what packs months again.
-- Why: the index by account and day cost four times as much as the rows themselves when files name accounts
-- in any order, and nothing that runs every night reads raw rows. A block-range index costs next to nothing.

drop index hale_data.usage_event_account_day;
create index usage_event_import on hale_data.usage_event using brin (import_id);

-- Adds two arrays of one length, element by element.
create function hale_data.array_add(left_side anyarray, right_side anyarray) returns anyarray
language sql immutable strict as
$$
    select array_agg(pair.one + pair.other order by pair.place)
    from unnest(left_side, right_side) with ordinality as pair (one, other, place)
$$;

-- Adds the arrays of a group: the days of a month from several sources.
create aggregate hale_data.array_sum(anyarray) (sfunc = hale_data.array_add, stype = anyarray);
