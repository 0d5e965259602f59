-- Purpose: empties the staging table for the next range of accounts.
delete from smoothed_again
