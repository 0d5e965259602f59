-- Purpose: forgets what was found out about decided renewals.
truncate hale_data.renewal_evidence;
