-- A code beside the words of a failed attempt.
-- Why: words change, and whoever counts failures or searches for one needs what does not. It follows from how far the
--   attempt came and what was answered, so it is computed and cannot disagree with them.
alter table hale_data.delivery_attempt add column code text generated always as (
    case
        when status between 200 and 299 then null
        when status is not null then 'HALE-DELIVERY-107'
        when phase = 'check' then 'HALE-DELIVERY-101'
        when phase = 'dns' then 'HALE-DELIVERY-102'
        when phase = 'connect' then 'HALE-DELIVERY-103'
        when phase = 'tls' then 'HALE-DELIVERY-104'
        when phase = 'request' then 'HALE-DELIVERY-105'
        when phase = 'response' then 'HALE-DELIVERY-106'
        else 'HALE-DELIVERY-108'
    end) stored;
comment on column hale_data.delivery_attempt.code is
    'refused before sending 101, no address 102, not connected 103, no encryption 104, no answer 105, answer broken off '
    '106, answered with another status than 2xx 107, not known 108; null where it arrived';
