-- Purpose: empties the account-months to pack anew, so that a transaction can hide more.
truncate touched
