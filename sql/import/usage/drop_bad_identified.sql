-- Purpose: takes the bad rows out of the events with an id.
delete from identified
using problem
where problem.line = identified.line
