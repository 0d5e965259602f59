-- How many messages were delivered, and how many attempts were written for them.
select
    (select count(*) from hale_data.delivery where state = 'delivered') + (select count(*) from hale_data.delivery_archive)
    || ' ' || (select count(*) from hale_data.delivery_attempt where status = 200);
