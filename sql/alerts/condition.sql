-- Purpose: a condition over the signals, to see whether PostgreSQL understands it and of which type it is.
-- Grain: one row per account. Between the marks stands the condition, which passed the guard.
select /*condition*/ null::boolean /*end condition*/ as met
from hale.account_signal as signal
