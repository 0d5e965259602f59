-- Tasks are found by whom they were given to: a CSM's list looks at the accounts of the CSM and at these, and not at
--   all tasks.
create index task_assignee on hale_data.task (assignee_id) where assignee_id is not null;
