-- Purpose: whether the private server has Hale's database. Grain: one row.
-- not null: is_there
select exists (select from pg_database where datname = 'hale') as is_there
