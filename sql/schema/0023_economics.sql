-- What winning customers costs: spend by channel and month, and leads with what became of them.
-- Why: the cost of a customer and the time until it is earned back need both beside the ARR that is known already. A
--   lead is known by an id and its channel; who it is, nobody here needs to know.

create table hale_data.spend (
    month date not null check (extract(day from month) = 1),
    channel text not null,
    amount_minor bigint not null check (amount_minor >= 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    recorded_at timestamptz not null default now(),
    import_id bigint default hale_data.current_import(),
    primary key (month, channel)
);
comment on table hale_data.spend is 'reference: spend on sales and marketing, one row per month and channel';

create table hale_data.lead (
    lead_id text primary key,
    created_on date not null,
    channel text,
    qualified_on date,
    won_on date,
    recorded_at timestamptz not null default now(),
    import_id bigint default hale_data.current_import(),
    check (qualified_on >= created_on),
    check (won_on >= created_on)
);
create index lead_created on hale_data.lead (created_on);
comment on table hale_data.lead is 'local: leads by their id, one row per lead; which customer one became is not kept';
