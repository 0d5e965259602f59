-- What a model says of contracts and of what people answer, kept with it so that statements can read it.
-- Why: lists, rules and signals have to say what the scores say, and a model may change any of these constants.

-- A constant of a model as its kept text writes it; null where the text has no such section.
create function hale_data.model_constant(model_text text, section text, key text) returns jsonb
language sql immutable as
$$
    select substring(
        model_text from '(?n)^' || section || ':\n(?:  .*\n)*?  ' || key || ': (.*)$')::jsonb
$$;

-- The constants that statements read, by name; what the text leaves out is left out here.
create function hale_data.model_constants(model_text text) returns jsonb
language sql immutable as
$$
    select jsonb_strip_nulls(
        jsonb_build_object(
            'contract_reference', substring(
                model_text from '(?n)^ {6}[^ ]+: \{kind: contract, .*reference: ([-+.0-9e]+)')::jsonb)
        || jsonb_object_agg(entry.section || '_' || entry.key, hale_data.model_constant(
            model_text, entry.section, entry.key)))
    from (
        values
            ('contract', 'window_open_value'), ('contract', 'past_due_value'), ('contract', 'past_due_days'),
            ('contract', 'lapsed_days'), ('contract', 'evergreen_decision_days'), ('sentiment', 'valid_days'),
            ('nps', 'half_life_days'), ('nps', 'maximum_age_days'), ('nps', 'prior_responses'), ('nps', 'prior_shares'),
            ('nps', 'minimum_portfolio_responses'), ('nps', 'promoter_score'), ('nps', 'passive_score'),
            ('nps', 'economic_buyer_weight'), ('nps', 'champion_weight'), ('nps', 'admin_weight'),
            ('nps', 'user_weight'), ('nps', 'interval_deviations'),
            ('champion', 'silent_value'), ('champion', 'silent_days')
    ) as entry (section, key)
$$;

alter table hale_data.model
    add column constants jsonb not null generated always as (hale_data.model_constants(text)) stored;
comment on column hale_data.model.constants is 'those of the model''s constants that statements read, out of its text';

-- Its last argument is new, so the function is made again with the views.
drop function hale_data.contract_state(boolean, integer, integer, boolean, boolean, boolean);
