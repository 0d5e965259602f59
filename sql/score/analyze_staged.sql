-- Purpose: counts the staged scores, so that a few of them are looked up among the stored ones instead of all being
--   compared: 1,000 of 100,000 took 0.5 s before.
analyze staged_score (account_id)
