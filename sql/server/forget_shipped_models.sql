-- Purpose: lets an emptied database begin with the newest shipped models.
delete from hale_data.setting
where name = 'shipped_models'
