-- The keys of the receivers, in order.
select string_agg(receiver_id::text, ' ' order by receiver_id) from hale_data.receiver where name like 'bench%';
