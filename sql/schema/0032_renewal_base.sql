-- Renewal probabilities start from the rate of the renewal's number where that foretells better, by length of term; the
-- rung and the base say why they were taken, and forecasts show what people put in each category.
-- Why: customers who renewed before renew again, and one rate for all hid it. A rung was taken because there was enough
--   to fit it to, not because it foretold better. Rows of earlier versions keep their meaning: base is null, one set of
--   rates serves all terms and numbers, and the intercept of an upper rung stands alone.

alter table hale_data.calibration
    add column base text check (base in ('rate', 'renewal_number')),
    add column segment_terms integer[] not null default '{}',
    add column segment_gains double precision[] not null default '{}',
    add column other_terms integer[] not null default '{}',
    add column other_terms_log_odds double precision[] not null default '{}',
    add column other_gains double precision[] not null default '{}',
    add column reasons text[] not null default '{}',
    add check (base is null or (
        cardinality(segments) = cardinality(segment_terms) and cardinality(segments) = cardinality(segment_gains)
        and cardinality(other_terms) = cardinality(other_terms_log_odds)
        and cardinality(other_terms) = cardinality(other_gains)));
comment on column hale_data.calibration.base is
    'what a probability starts from: rate of the group, or renewal_number (the rate of the renewals of the same number); '
    'null: made by version 0.1, one rate for all terms, and on rungs 2 and 3 the intercept alone';
comment on column hale_data.calibration.segment_terms is
    'the shortest term of each of segments in months: 1, 3, 6 or 12; empty: one rate for all terms';
comment on column hale_data.calibration.segment_gains is
    'what each renewal before adds to the odds of the next in each of segments; 0 where the number says nothing';
comment on column hale_data.calibration.other_terms_log_odds is
    'log odds of a first renewal in segments without decided renewals, for each of other_terms';
comment on column hale_data.calibration.other_gains is
    'what each renewal before adds to the odds there';
comment on column hale_data.calibration.intercept is
    'rungs 2 and 3: log odds that are added to the base at the mean score; without a base they stand alone';
comment on column hale_data.calibration.reasons is 'why the base and the rung were taken';

-- Their columns change; they are made again with the other views.
drop view if exists hale.renewal;
drop function if exists hale.renewal_on(date);
drop view if exists hale.renewal_forecast;
drop function if exists hale.renewal_forecast_on(date);
drop function if exists hale_data.renewal_chance_on(date);
