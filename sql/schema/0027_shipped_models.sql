-- Which models that shipped with the program an organisation is scored with.
-- Why: a changed model is another model. Scores of before and after the change do not compare, so an organisation that
-- was scored by version 0.1 keeps its models until somebody switches; everybody else begins with the newest.
insert into hale_data.setting (name, value)
select 'shipped_models', '0.1'
where exists (select from hale_data.score_run as run where run.finished_at is not null)
on conflict (name) do nothing;
