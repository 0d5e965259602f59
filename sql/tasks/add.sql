-- Purpose: adds a task by hand. Grain: one row, none where the account is not known.
-- Parameters: $1 account id (text), $2 day (date), $3 title (text), $4 minutes (integer), $5 due (date), $6 who does
--   it, by
--   e-mail (text; null = the account's CSM), $7 by whom, $8 note (text).
-- not null: task_id
with
added as (
    insert into hale_data.task (
        account_id, opened_on, as_of, origin, title, is_data_task, minutes, due_on, reasons, facts, keys, band,
        urgency, expected_loss, value_protected, net_value, priority, decision_on, risk, assignee_id)
    select
        account.account_id, $2::date, $2::date, 'person', $3::text, false, $4::integer, $5::date,
        array['Added by ' || $7::text || '.'], array['added by ' || $7::text], '{}', coalesce(health.band, 'unknown'),
        1, 0, 0, 0, 0, health.decision_on, null, csm.csm_id
    from hale_data.account as account
    left join hale_data.csm as csm on csm.email = lower($6::text)
    left join lateral (
        select score.band, score.decision_on
        from hale_data.health_score as score
        where score.account_id = account.account_id and score.day <= $2::date
            and score.model_hash not in (select model.model_hash from hale_data.model as model where model.is_beside)
        order by score.day desc
        limit 1
    ) as health on true
    where account.external_id = $1::text
    returning account_id, task_id
),
told as (
    insert into hale_data.task_event (account_id, task_id, day, kind, by_whom, note)
    select account_id, task_id, $2::date, 'added', $7::text, $8::text
    from added
)
select task_id from added
