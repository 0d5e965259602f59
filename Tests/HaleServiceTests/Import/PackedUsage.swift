/// The packed months of the running test's database against the raw events, compared in ways that share nothing with
/// the statements that pack.
enum PackedUsage {
    /// Every figure of a day that differs, in words; empty when the packed months say what the events say.
    static func differences() async throws -> [String] {
        try await ImportFixture.texts(
            """
            with
            raw as (
                select account_id, day, count(*) as events, sum(quantity) as quantity,
                    count(distinct person_id) as people, count(person_id) as named_events
                from hale_data.usage_event
                group by account_id, day
            ),
            packed as (
                select month.account_id, month.month + (entry.place - 1)::integer as day, entry.events, entry.quantity,
                    entry.people, entry.named_events,
                    substr(month.active_days::bit(32)::text, 33 - entry.place::integer, 1) = '1' as is_active
                from hale_data.usage_month as month
                cross join lateral unnest(month.events, month.quantity, month.people, month.named_events)
                    with ordinality as entry (events, quantity, people, named_events, place)
            )
            select concat_ws(' ', 'account', account_id, day, raw, packed) as text
            from raw
            full join packed using (account_id, day)
            where (
                coalesce(raw.events, 0), coalesce(raw.quantity, 0), coalesce(raw.people, 0),
                coalesce(raw.named_events, 0), raw.events is not null
            ) is distinct from (packed.events, packed.quantity, packed.people, packed.named_events, packed.is_active)
            union all
            select concat_ws(' ', 'length', account_id, month)
            from hale_data.usage_month
            where cardinality(events) <> extract(day from (month + interval '1 month' - interval '1 day'))
            union all
            (
                select concat_ws(' ', 'person missing', account_id, person_id, day)
                from (
                    select account_id, person_id, day from hale_data.usage_event where person_id is not null
                    except \(days("account_id, person_id", of: "person_month"))
                ) as lost
            )
            union all
            (
                select concat_ws(' ', 'person invented', account_id, person_id, day)
                from (
                    \(days("account_id, person_id", of: "person_month"))
                    except select account_id, person_id, day from hale_data.usage_event
                ) as invented
            )
            union all
            (
                select concat_ws(' ', 'feature', account_id, feature_id, day)
                from (
                    (
                        select account_id, feature_id, day from hale_data.usage_event where feature_id is not null
                        except \(days("account_id, feature_id", of: "feature_month"))
                    )
                    union all
                    (
                        \(days("account_id, feature_id", of: "feature_month"))
                        except select account_id, feature_id, day from hale_data.usage_event
                    )
                ) as wrong
            )
            union all
            select concat_ws(' ', 'entry of person days', account_id, month, person_id, active_days)
            from (
                (
                    select account_id, month, person_id, active_days from (\(personDays)) as entry
                    except select account_id, month, person_id, active_days from hale_data.person_month
                )
                union all
                (
                    select account_id, month, person_id, active_days from hale_data.person_month
                    except select account_id, month, person_id, active_days from (\(personDays)) as entry
                )
            ) as wrong
            union all
            select concat_ws(' ', 'order of person days', account_id, month, person_id)
            from (
                select account_id, month, person_id, lag(person_id) over (partition by account_id, month order by place)
                    as before
                from (\(personDays)) as entry
            ) as entry
            where before >= person_id
            union all
            select concat_ws(' ', 'names all', account_id, month)
            from hale_data.usage_month
            where names_all is distinct from (
                select coalesce(bool_and(event.person_id is not null), false)
                from hale_data.usage_event as event
                where event.account_id = usage_month.account_id
                    and date_trunc('month', event.day)::date = usage_month.month)
            union all
            select concat_ws(' ', 'feature counts', account_id, feature_id, month)
            from (
                select account_id, feature_id, date_trunc('month', day)::date as month, count(*) as events,
                    sum(quantity)::bigint as quantity
                from hale_data.usage_event
                where feature_id is not null
                group by account_id, feature_id, date_trunc('month', day)
            ) as raw
            full join (
                select account_id, feature_id, month, events as packed_events, quantity as packed_quantity
                from hale_data.feature_month
            ) as packed using (account_id, feature_id, month)
            where (events, quantity) is distinct from (packed_events, packed_quantity)
            """)
    }

    /// The entries of `person_days`, read from their hexadecimal digits.
    private static let personDays = """
        select account_id, month, place,
            ('x' || substr(encode(person_days, 'hex'), 24 * place + 1, 16))::bit(64)::bigint as person_id,
            ('x' || substr(encode(person_days, 'hex'), 24 * place + 17, 8))::bit(32)::integer as active_days
        from hale_data.usage_month
        cross join generate_series(0, length(person_days) / 12 - 1) as place
        """

    /// The days whose bit is set in a table of masks, the lowest bit being the first of the month.
    private static func days(_ keys: String, of table: String) -> String {
        """
        select \(keys), month + place as day
        from hale_data.\(table)
        cross join generate_series(0, 30) as place
        where substr(active_days::bit(32)::text, 32 - place, 1) = '1'
        """
    }
}
