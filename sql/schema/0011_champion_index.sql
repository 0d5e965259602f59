-- The champions of an account.
-- Why: every score looks for them, and one person in ten or in a thousand is one.
create index person_champion on hale_data.person (account_id, person_id) where role = 'champion';
