-- Purpose: counts a table that an import filled or doubled, so that what follows is planned for what is there.
-- Grain: one row, whose table is null when there is none left.
select hale_data.refresh_statistics() as name
