-- Purpose: empties the list of account-months to pack anew.
delete from touched
