-- Purpose: gives the space of the peers' rows back.
drop schema bench cascade;
