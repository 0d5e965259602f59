-- Purpose: takes the bad rows out of the staged ones.
delete from staged
using problem
where problem.line = staged.line
