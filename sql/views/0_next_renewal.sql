-- Purpose: how long the terms of contracts are, as far as renewals are counted apart: 1, 3, 6 or 12 months or more, the
--   same classes as HaleDomain's RenewalTerm. A term that nobody told is that from its start to its end.
-- Grain: one row per contract whose terms were known on the day.
create or replace function hale_data.renewal_term_on(as_of date)
returns table (account_id bigint, contract_id bigint, term integer)
language sql stable as
$$
    select
        terms.account_id, terms.contract_id,
        case
            when length.months < 3 then 1
            when length.months < 6 then 3
            when length.months < 12 then 6
            else 12
        end
    from hale_data.contract_terms_on(as_of) as terms
    cross join lateral (
        select coalesce(
            terms.term_months,
            -- A last day that is the day before the same day of a month ends whole months.
            hale_data.months_between(terms.starts_on, terms.ends_on + 1)
                - case
                    when extract(day from terms.ends_on + 1) < extract(day from terms.starts_on) then 1 else 0
                end) as months
    ) as length
$$;

-- Purpose: which renewal of its account and product is next for a contract, and how long its terms are.
-- Grain: one row per contract whose terms were known on the day; 1 where none was decided yet.
create or replace function hale_data.next_renewal_on(as_of date)
returns table (account_id bigint, contract_id bigint, term integer, renewal_number integer)
language sql stable as
$$
    select terms.account_id, terms.contract_id, length.term, coalesce(made.renewals, 0) + 1
    from hale_data.contract_terms_on(as_of) as terms
    join hale_data.renewal_term_on(as_of) as length
        on length.account_id = terms.account_id and length.contract_id = terms.contract_id
    left join (
        select decision.account_id, decision.product, max(decision.renewal_number) as renewals
        from hale_data.renewal_decision_on(as_of) as decision
        group by decision.account_id, decision.product
    ) as made
        on made.account_id = terms.account_id and made.product is not distinct from terms.product
$$;
