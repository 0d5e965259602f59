-- Purpose: the rows of a leads file, every value canonical text.
create temp table staged (
    line bigint not null,
    lead_id text, created_on text, channel text, qualified_on text, won_on text, recorded_at text,
    raw text
) on commit drop
