-- Purpose: identities that go on behind the made-up keys, and the statistics of all tables.
-- Variables: accounts.
select setval(pg_get_serial_sequence(name, field), last)
from (
    values
        ('hale_data.csm', 'csm_id', 1000::bigint),
        ('hale_data.feature', 'feature_id', 12),
        ('hale_data.account_key', 'account_id', :accounts),
        ('hale_data.person', 'person_id', :accounts * 10),
        ('hale_data.contract', 'contract_id', 2 * :accounts)
) as sequence (name, field, last) \g /dev/null

vacuum analyze;
