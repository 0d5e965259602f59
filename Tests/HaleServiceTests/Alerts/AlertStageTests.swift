import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Alerts of scored days. Of the four accounts cord renews on 14 April 2026, acme on 30 June and bolt on 30 September;
/// of dorn nothing is known.
@Suite(.database) struct `The stage of alerts` {
    private static let first = Day(iso: "2026-03-04") ?? Day(daysSince2000: 0)

    /// Scores some days from 4 March on: on them cord has 41, 40, 39, 38 … days to its renewal.
    private func scored(days: Int) async throws -> Database {
        let database = try await ScoreFixture.load()
        _ = try await ScoreStage(database).run(from: Self.first, to: Self.first + (days - 1))
        return database
    }

    private func run(_ folder: RuleFolder, days: Range<Int>, fleetGuard: FleetGuard = FleetGuard()) async throws {
        let stage = AlertStage(try TestDatabase.shared.database, library: folder.library, fleetGuard: fleetGuard)
        for day in days { try await stage.run(asOf: Self.first + day) }
    }

    @Test func `opens, fires and ends with the condition`() async throws {
        _ = try await scored(days: 5)
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: days_to_renewal in (39, 40)\nseverity: critical\nlabels: {team: cs}",
                "alert: Slow\nwhen: days_to_renewal <= 40\nfor: 2d", "alert: Young\nwhen: days_to_renewal = 41\nfor: 3d"
            ))
        try await run(folder, days: 0..<5)
        try await StoredAlerts.all(are: [
            "cord Young resolved 03-04 1 ended 03-05", "cord Soon resolved 03-05 2 fired 03-05 ended 03-07",
            "cord Slow firing 03-05 4 fired 03-06",
        ])
        try await StoredAlerts.events(are: [
            "03-04 cord Young pending", "03-05 cord Soon firing", "03-05 cord Slow pending", "03-05 cord Young dropped",
            "03-06 cord Slow firing", "03-07 cord Soon resolved",
        ])
        // The view shows no alert that vanished, and the others as they stood on the day.
        let seen = try await ImportFixture.texts(
            """
            select concat_ws(' ', day::date, rule, state, severity, labels, arr) as text
            from generate_series(date '2026-03-04', date '2026-03-08', interval '1 day') as day
            cross join lateral hale.alert_on(day::date)
            order by day, rule
            """)
        #expect(
            seen == [
                "2026-03-05 Slow pending warning {} 12000.00",
                "2026-03-05 Soon firing critical {\"team\": \"cs\"} 12000.00",
                "2026-03-06 Slow firing warning {} 12000.00",
                "2026-03-06 Soon firing critical {\"team\": \"cs\"} 12000.00",
                "2026-03-07 Slow firing warning {} 12000.00",
                "2026-03-07 Soon resolved critical {\"team\": \"cs\"} 12000.00",
                "2026-03-08 Slow firing warning {} 12000.00",
            ])
    }

    @Test func `that are over are forgotten with what happened to them, open ones never`() async throws {
        let database = try await scored(days: 5)
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: days_to_renewal in (39, 40)", "alert: Slow\nwhen: days_to_renewal <= 40",
                "alert: Young\nwhen: days_to_renewal = 41\nfor: 3d"))
        try await run(folder, days: 0..<5)
        func forget(_ day: Day) async throws -> Int {
            try await database.withConnection { try await AlertStore($0).forget(endedUpTo: day) }
        }
        #expect(try await forget(Self.first) == 0)
        #expect(try await forget(Self.first + 1) == 1)
        try await StoredAlerts.events(are: [
            "03-05 cord Soon firing", "03-05 cord Slow firing", "03-07 cord Soon resolved",
        ])
        #expect(try await forget(Self.first + 100) == 1)
        try await StoredAlerts.all(are: ["cord Slow firing 03-05 4 fired 03-05"])
        #expect(try await ImportFixture.number("select count(*) from hale_data.alert_event") == 1)
    }

    @Test func `a day that is run again, or out of order, changes nothing`() async throws {
        _ = try await scored(days: 3)
        let folder = try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal <= 40\nfor: 2d"))
        try await run(folder, days: 1..<3)
        let rows = try await StoredAlerts.rows()
        #expect(rows.count == 4)
        try await run(folder, days: 2..<3)
        try await run(folder, days: 0..<2)
        #expect(try await StoredAlerts.rows() == rows)
        // A day that was not scored is none.
        try await run(folder, days: 3..<5)
        #expect(try await StoredAlerts.rows() == rows)
    }

    @Test func `two runs at once do a day once`() async throws {
        _ = try await scored(days: 1)
        let folder = try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal <= 41"))
        async let first: Void = run(folder, days: 0..<1)
        async let second: Void = run(folder, days: 0..<1)
        _ = try await (first, second)
        try await StoredAlerts.events(are: ["03-04 cord Soon firing"])
    }

    @Test func `catches up with the scored days that it has not seen`() async throws {
        let database = try await scored(days: 4)
        let folder = try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal <= 40\nfor: 3d"))
        let stage = AlertStage(database, library: folder.library)
        let seen = try await stage.catchUp(from: Self.first + 1, to: Self.first + 1)
        #expect(seen.map(\.day) == [Self.first + 1])
        let missed = try await stage.catchUp(from: Self.first + 3, to: Self.first + 3)
        #expect(missed.map(\.day) == [Self.first + 2, Self.first + 3])
        try await StoredAlerts.all(are: ["cord Soon firing 03-05 3 fired 03-07"])
        let again = try await stage.catchUp(from: Self.first, to: Self.first + 3)
        #expect(again.allSatisfy { $0.evaluated.isEmpty && $0.events.isEmpty })
    }

    @Test func `a condition that cannot be told neither fires nor resolves`() async throws {
        _ = try await scored(days: 4)
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: case when days_to_renewal in (39, 40) then null else days_to_renewal <= 41 end"))
        try await run(folder, days: 0..<3)
        // Days 40 and 39 tell nothing; of dorn nothing is ever told.
        try await StoredAlerts.all(are: ["cord Soon firing 03-04 1 fired 03-04 known 03-04"])
        try await run(folder, days: 3..<4)
        try await StoredAlerts.all(are: ["cord Soon firing 03-04 2 fired 03-04"])
        try await StoredAlerts.events(are: ["03-04 cord Soon firing", "03-05 cord Soon stale"])
    }

    @Test func `a rule that fails for an account says nothing of it, and goes on for the others`() async throws {
        let database = try await scored(days: 3)
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Bad\nwhen: 1000 / (days_to_renewal - 40) > 0", "alert: Good\nwhen: days_to_renewal <= 41"))
        let stage = AlertStage(database, library: folder.library)
        #expect(try await stage.run(asOf: Self.first).complaints.isEmpty)
        let outcome = try await stage.run(asOf: Self.first + 1)
        #expect(outcome.complaints.map(\.sentence) == ["rule Bad says nothing of cord: division by zero"])
        #expect(outcome.evaluated == ["Bad", "Good"])
        // On 4 March 1000 / 1, 1000 / 78 and 1000 / 170 are above 0; the day after nobody knows of cord.
        try await StoredAlerts.all(are: [
            "acme Bad firing 03-04 2 fired 03-04", "bolt Bad firing 03-04 2 fired 03-04",
            "cord Bad firing 03-04 1 fired 03-04 known 03-04", "cord Good firing 03-04 2 fired 03-04",
        ])
        try await stage.run(asOf: Self.first + 2)
        #expect(
            try await StoredAlerts.all().filter { $0.contains("Bad") } == [
                "acme Bad firing 03-04 3 fired 03-04", "bolt Bad firing 03-04 3 fired 03-04",
                "cord Bad resolved 03-04 1 fired 03-04 ended 03-06",
            ])
    }

    @Test func `a rule that fails for every account is reported and changes nothing; the others go on`() async throws {
        let database = try await scored(days: 1)
        let folder = try RuleFolder(
            RuleFolder.file("alert: Bad\nwhen: 1 / (arr - arr) > 0", "alert: Good\nwhen: days_to_renewal <= 41"))
        let outcome = try await AlertStage(database, library: folder.library).run(asOf: Self.first)
        #expect(outcome.complaints.first?.accounts.count == 4)
        try await StoredAlerts.all(are: ["cord Good firing 03-04 1 fired 03-04"])
    }

    @Test func `conditions see neither the server's settings nor those of the role`() async throws {
        let database = try await scored(days: 1)
        let connection = try await Connection.open(try TestDatabase.shared.superuser)
        for setting in ["datestyle = 'SQL, DMY'", "timezone = 'Pacific/Auckland'", "transform_null_equals = on"] {
            let role = "alter role hale_rules in database \"\(try TestDatabase.shared.name)\""
            try await connection.script(Statement(name: "test", text: "\(role) set \(setting)"))
        }
        await connection.close()
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Style\nwhen: cast(renews_on as text) = '2026-04-14'",
                "alert: Read\nwhen: renews_on = '04/14/2026'",
                "alert: NoValue\nwhen: (seats = null) is not null"))
        try await AlertStage(database, library: folder.library).run(asOf: Self.first)
        try await StoredAlerts.all(are: [
            "cord Style firing 03-04 1 fired 03-04", "cord Read firing 03-04 1 fired 03-04",
        ])
    }

    @Test func `a broken file changes nothing, and says where`() async throws {
        let database = try await scored(days: 2)
        let folder = try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal <= 41"))
        try await run(folder, days: 0..<1)
        let rows = try await StoredAlerts.rows()
        for (text, problem) in [
            ("alert: Soon\nwhen: days_to_renewl <= 41", "rules/own.yaml:5:15: there is no column 'days_to_renewl'"),
            (
                "alert: Soon\nwhen: days_to_renewal",
                "rules/own.yaml:5:15: a condition is true or false, and this is of type int4"
            ),
            ("alert: Soon\nwhen: arr > segment", "rules/own.yaml:5:15: operator does not exist: numeric > text"),
        ] {
            try folder.write(RuleFolder.file(text))
            do {
                try await AlertStage(database, library: folder.library).run(asOf: Self.first + 1)
                Issue.record("\(text) was accepted")
            } catch let failure as FileFailure {
                #expect(failure.description.hasPrefix("\(folder.path)/\(problem)"), "\(failure)")
            }
        }
        #expect(try await StoredAlerts.rows() == rows)
    }

    @Test func `a rule that is gone leaves its alerts open and not known, until somebody closes them`() async throws {
        let database = try await scored(days: 3)
        let folder = try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal <= 41\nseverity: critical"))
        try await run(folder, days: 0..<1)
        try folder.write(RuleFolder.file("alert: Other\nwhen: arr < 0"))
        try await run(folder, days: 1..<3)
        try await StoredAlerts.all(are: ["cord Soon firing 03-04 1 fired 03-04 known 03-04"])
        let severity = try await ImportFixture.texts("select severity as text from hale_data.alert")
        #expect(severity == ["critical"])
        let number = try await ImportFixture.number("select alert_id from hale_data.alert")
        try await AlertActions(database).close(number, by: "ana@example.com")
        try await StoredAlerts.events(are: [
            "03-04 cord Soon firing", "03-05 cord Soon stale", "03-06 cord Soon expired",
        ])
        let again = await #expect(throws: AlertActions.Refusal.self) {
            try await AlertActions(database).close(number, by: "ana@example.com")
        }
        #expect(again == .over(number))
    }

    @Test func `texts are plain, have the figures of the day on which something happened, and say what is missing`()
        async throws
    {
        _ = try await scored(days: 3)
        _ = try await TestDatabase.shared.query(
            "update hale_data.account set name = 'Cord & <Söhne>' where external_id = 'cord'")
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: days_to_renewal <= 41\nannotations:\n"
                    + "  summary: \"{{name}} renews in {{days_to_renewal}} days, {{seats}} seats, {{arr}}\"\n"
                    + "  detail: \"{{^seats}}no seats{{/seats}}{{#notice_given}}notice{{/notice_given}}, {{coverage}}\"",
                "alert: Slow\nwhen: days_to_renewal <= 41\nfor: 3d\nannotations:\n  summary: \"in {{days_to_renewal}} d\""
            ))
        try await run(folder, days: 0..<1)
        func texts() async throws -> [String] {
            try await ImportFixture.texts(
                "select concat_ws(', ', annotations->>'summary', worded_on) as text from hale_data.alert order by rule")
        }
        let first = "Cord & <Söhne> renews in 41 days, unknown seats, 12000, 2026-03-04"
        #expect(try await texts() == ["in 41 d, 2026-03-04", first])
        let detail = try await ImportFixture.texts(
            "select annotations->>'detail' as text from hale_data.alert where rule = 'Soon'")
        #expect(detail.first?.hasPrefix("no seats, 0.") == true)
        try await run(folder, days: 1..<2)
        #expect(try await texts() == ["in 41 d, 2026-03-04", first])
        // On the third day the slow one fires, and is worded anew.
        try await run(folder, days: 2..<3)
        #expect(try await texts() == ["in 39 d, 2026-03-06", first])
    }

    @Test func `a rule hides another of the same account`() async throws {
        _ = try await scored(days: 4)
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Grave\nwhen: days_to_renewal in (39, 40)\ninhibits: [Light]",
                "alert: Light\nwhen: days_to_renewal < 130"))
        try await run(folder, days: 0..<3)
        try await StoredAlerts.all(are: [
            "acme Light firing 03-04 3 fired 03-04", "cord Light firing 03-04 3 fired 03-04 hidden by Grave",
            "cord Grave firing 03-05 2 fired 03-05",
        ])
        try await run(folder, days: 3..<4)
        #expect(try await StoredAlerts.events().suffix(2) == ["03-07 cord Grave resolved", "03-07 cord Light firing"])
    }

    @Test func `a rule over its limit opens none, keeps what is open and says so once`() async throws {
        _ = try await scored(days: 4)
        let one =
            "alert: Soon\nwhen: days_to_renewal <= 41 or (days_to_renewal > 100 and days_to_renewal < 118)\nlimit: 1"
        let folder = try RuleFolder(RuleFolder.file(one))
        // acme has 118 days to its renewal on 4 March, 117 the day after.
        try await run(folder, days: 0..<3)
        try await StoredAlerts.all(are: [
            "cord Soon firing 03-04 3 fired 03-04", "- RuleLimitReached:Soon firing 03-05 2 fired 03-05",
        ])
        try folder.write(RuleFolder.file(one.replacing("limit: 1", with: "limit: 2")))
        try await run(folder, days: 3..<4)
        try await StoredAlerts.events(are: [
            "03-04 cord Soon firing", "03-05 - RuleLimitReached firing", "03-07 acme Soon firing",
            "03-07 - RuleLimitReached resolved",
        ])
    }

    @Test func `a rule that would fire for too many waits for somebody to release it`() async throws {
        let database = try await scored(days: 4)
        let folder = try RuleFolder(
            RuleFolder.file("alert: Soon\nwhen: days_to_renewal between 1 and 117 or days_to_renewal < 41"))
        let strict = FleetGuard(maximumShare: 0.3, minimumAccounts: 4)
        try await run(folder, days: 0..<1, fleetGuard: strict)
        // On the rule's first day cord fires, and that is exempt. Then acme alone would be 25 % of four.
        try await run(folder, days: 1..<2, fleetGuard: FleetGuard(maximumShare: 0.2, minimumAccounts: 4))
        try await StoredAlerts.all(are: [
            "acme Soon pending 03-05 1", "cord Soon firing 03-04 2 fired 03-04",
            "- RuleHeld:Soon firing 03-05 1 fired 03-05",
        ])
        try await run(folder, days: 2..<3, fleetGuard: strict)
        #expect(try await StoredAlerts.all()[0] == "acme Soon pending 03-05 2")
        let actions = AlertActions(database)
        let wrong = await #expect(throws: AlertActions.Refusal.self) {
            try await actions.release("Sooner", by: "ana@example.com", library: folder.library)
        }
        #expect(wrong == .notHeld("Sooner", held: ["Soon"]))
        #expect(try await actions.release("Soon", by: "ana@example.com", library: folder.library) == 1)
        try await StoredAlerts.all(are: [
            "acme Soon firing 03-05 2 fired 03-06", "cord Soon firing 03-04 3 fired 03-04",
            "- RuleHeld:Soon resolved 03-05 2 fired 03-05 ended 03-06",
        ])
        try await run(folder, days: 3..<4, fleetGuard: strict)
        #expect(try await StoredAlerts.events().count == 5)
    }

    @Test func `people have alerts and silence them`() async throws {
        let database = try await scored(days: 2)
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: days_to_renewal <= 41\nlabels: {team: cs}",
                "alert: Slow\nwhen: days_to_renewal <= 41\nfor: 2d"))
        try await run(folder, days: 0..<1)
        let actions = AlertActions(database)
        let slow = try await ImportFixture.number("select alert_id from hale_data.alert where rule = 'Slow'")
        func holders() async throws -> [String] {
            try await ImportFixture.texts(
                "select concat_ws(' ', rule, acknowledged_by, is_silenced) as text from hale.alert_on('2026-03-05') order by rule"
            )
        }
        try await actions.acknowledge(slow, by: "ana@example.com", note: nil, takesOver: false)
        let taken = await #expect(throws: AlertActions.Refusal.self) {
            try await actions.acknowledge(slow, by: "bo@example.com", note: nil, takesOver: false)
        }
        #expect(taken == .taken(slow, by: "ana@example.com"))
        try await actions.acknowledge(slow, by: "bo@example.com", note: "calls today", takesOver: true)
        #expect(try await holders() == ["Slow bo@example.com f", "Soon f"])
        // Its state changes: it is nobody's again.
        try await run(folder, days: 1..<2)
        #expect(try await holders() == ["Slow f", "Soon f"])
        let silence = try await actions.silence(
            ["team": "cs", "account": "cord"], author: "ana@example.com", reason: "known", until: nil, hours: 2)
        #expect(try await holders() == ["Slow f", "Soon t"])
        let other = try await actions.silence(
            ["rule": "Slow", "account": "acme"], author: "ana@example.com", reason: "not this one", until: nil, hours: 2
        )
        #expect(try await holders() == ["Slow f", "Soon t"])
        try await actions.endSilence(silence.number)
        try await actions.endSilence(other.number)
        #expect(try await holders() == ["Slow f", "Soon f"])
        let ended = await #expect(throws: AlertActions.Refusal.self) { try await actions.endSilence(silence.number) }
        #expect(ended == .unknownSilence(silence.number))
        await #expect(throws: AlertActions.Refusal.self) {
            try await actions.silence([:], author: "a@b.c", reason: "all", until: nil, hours: 1)
        }
        // CSMs go by their address in lower case, so that a silence of one finds their alerts.
        let ofOne = try await actions.silence(
            ["csm": "Ana@Example.com"], author: "a@b.c", reason: "away", until: nil, hours: 1)
        #expect(
            try await ImportFixture.texts(
                "select matchers::text as text from hale_data.silence where silence_id = \(ofOne.number)")
                == [#"{"csm": "ana@example.com"}"#])
    }
}
