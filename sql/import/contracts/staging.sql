-- Purpose: the rows of a contracts file, every value canonical text.
create temp table staged (
    line bigint not null,
    contract_id text, account_id text, arr text, mrr text, currency text, product text, seats text,
    starts_on text, ends_on text, term_months text, auto_renew text, notice_days text, notice_given_on text,
    renewal_signed_on text, cancelled_on text, outcome text, decided_on text, recorded_at text,
    written_currencies text,
    raw text
) on commit drop
