-- What was known of decided renewals is found anew by the next backtest.
-- Why: it rests on which contracts were open on a day, and a term's end means another day since 0026. Until then what is
--   kept goes on counting for those renewals that are still decided as they were.

update hale_data.renewal_evidence
set models = '';
