-- Purpose: the rows of an invoices file, every value canonical text.
create temp table staged (
    line bigint not null,
    invoice_id text, account_id text, due_on text, paid_on text, amount text, currency text, recorded_at text,
    written_currencies text,
    raw text
) on commit drop
