-- So many messages to each of four receivers, and nothing else; the tables are as small as they can be.
truncate hale_data.outbox, hale_data.alert_group, hale_data.delivery, hale_data.delivery_attempt,
    hale_data.delivery_archive restart identity cascade;
insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body)
select
    'msg_' || receiver.name || '_' || number, receiver.receiver_id, 'alerts', '{}:{csm="ana@example.com"}',
    '{"type":"alert.firing","data":{"text":"' || repeat('x', 1000) || '"}}'
from hale_data.receiver as receiver
cross join generate_series(1, :messages / 4) as number
where receiver.name like 'bench%';
analyze hale_data.delivery;
