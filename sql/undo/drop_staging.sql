-- Purpose: drops the temporary tables of hiding, so that a transaction can hide more.
drop table touched_account, touched
