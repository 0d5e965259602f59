-- Purpose: adds a silence; CSMs go by their address in lower case. Grain: one row.
-- Parameters: $1 matchers (text, JSON), $2 author, $3 reason (text), $4 last day (date), $5 hours (integer);
--   one of both.
-- not null: silence_id, ends_at
insert into hale_data.silence (matchers, author, reason, starts_at, ends_at)
values (
    $1::text::jsonb || jsonb_strip_nulls(jsonb_build_object('csm', lower($1::text::jsonb ->> 'csm'))),
    $2::text, $3::text, now(),
    coalesce(hale_data.day_start($4::date + 1), now() + make_interval(hours => $5::integer)))
returning silence_id, ends_at::text as ends_at
