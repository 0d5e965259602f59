import Foundation
import HaleDelivery
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// A day of which more comes to be known after its first run. Cord has 41 days to its renewal on 4 March; Dorn has nothing
/// until it is given an open ticket.
@Suite(.database) struct `Alerts of a day that is scored again` {
    private static let day = Day(iso: "2026-03-04") ?? Day(daysSince2000: 0)
    private static let receivers = """
        receivers:
          - {name: team, url: "https://hooks.example.com/team", format: slack}
        routes:
          - receiver: team

        """
    private let announcing = AlertAnnouncing { try ReceiverFile.read(receivers, path: "receivers.yaml") }

    private func night(
        _ folder: RuleFolder, _ day: Day, scope: ScoreStage.Scope = .needed, fleetGuard: FleetGuard = FleetGuard()
    ) async throws -> [AlertStage.Outcome] {
        let database = try TestDatabase.shared.database
        let run = DayRun(
            database, models: ModelSet(.default), rules: folder.library, fleetGuard: fleetGuard, announcing: announcing,
            today: day)
        return try await run.run(from: day, to: day, scope: scope).alerts?.get() ?? []
    }

    /// Dorn's open tickets that are known on the day.
    private func tickets(_ row: String) async throws {
        // No file is the same as one before.
        try await ImportFixture.load(
            .tickets, "ticket_id,account_id,opened_at,closed_at,priority,subject\n\(row),\(UUID())\n",
            into: try TestDatabase.shared.database)
    }

    private func told() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(' ', to_char(event.day, 'MM-DD'), alert.rule, waiting.kind) as text
            from hale_data.outbox as waiting
            join hale_data.alert_event as event using (account_id, event_id)
            join hale_data.alert as alert on alert.alert_id = event.alert_id
            order by event.event_id
            """)
    }

    @Test(arguments: [ScoreStage.Scope.needed, .changed, .all, .accounts(["dorn"])])
    func `fire on the day for a fact that came in after its first run, once`(scope: ScoreStage.Scope) async throws {
        _ = try await ScoreFixture.load()
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Ticket\nwhen: open_tickets > 0 and name = 'Dorn'", "alert: Soon\nwhen: days_to_renewal <= 41"))
        _ = try await night(folder, Self.day)
        try await tickets("x1,dorn,2026-03-02,,p1")
        let outcomes = try await night(folder, Self.day, scope: scope)
        #expect(outcomes.flatMap(\.events).map(\.kind) == [.firing])
        try await StoredAlerts.all(are: [
            "cord Soon firing 03-04 1 fired 03-04", "dorn Ticket firing 03-04 1 fired 03-04",
        ])
        #expect(try await told() == ["03-04 Soon firing", "03-04 Ticket firing"])
        let rows = try await StoredAlerts.rows()
        // Nothing is new: nothing is looked at, and what is looked at is the same.
        if scope == .needed || scope == .all {
            #expect(try await night(folder, Self.day).allSatisfy(\.evaluated.isEmpty))
            #expect(try await StoredAlerts.rows() == rows)
        }
        #expect(try await night(folder, Self.day, scope: .all).flatMap(\.events).isEmpty)
        #expect(try await StoredAlerts.all().count == 2)
        #expect(try await told().count == 2)
        // A task follows from it on the same day.
        #expect(try await ImportFixture.number("select count(*) from hale_data.alert_event") == 2)
    }

    @Test func `fire on the day for accounts that came in after a first run of nothing`() async throws {
        _ = try TestDatabase.shared.database
        let folder = try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal <= 41"))
        #expect(try await night(folder, Self.day).allSatisfy(\.evaluated.isEmpty))
        _ = try await ScoreFixture.load()
        _ = try await night(folder, Self.day)
        try await StoredAlerts.all(are: ["cord Soon firing 03-04 1 fired 03-04"])
        #expect(try await told() == ["03-04 Soon firing"])
    }

    /// By the shipped rules, as a customer's letter comes in, and as it turns out that another one wrote it.
    @Test func `fire on the day for a notice, and are over on it when the import of that is undone`() async throws {
        let database = try await ScoreFixture.load()
        func night() async throws {
            let run = DayRun(
                database, models: ModelSet(.default), rules: RuleLibrary(), announcing: announcing, today: Self.day)
            _ = try await run.run(from: Self.day, to: Self.day, scope: .needed).alerts?.get()
        }
        func notices() async throws -> [String] {
            try await StoredAlerts.all().filter { $0.contains("NoticeGiven") }
        }
        try await night()
        #expect(try await notices() == [])
        let notice = try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on,ends_on,term_months,seats,notice_given_on\n"
                + "k1,acme,60000,EUR,2025-04-01,2026-06-30,12,5,2026-03-04\n", into: database)
        try await night()
        #expect(try await notices() == ["acme NoticeGiven firing 03-04 1 fired 03-04"])
        _ = try await UndoStage(database).run(receipt: notice.number)
        try await night()
        #expect(try await notices() == ["acme NoticeGiven resolved 03-04 1 fired 03-04 ended 03-04"])
        #expect(
            try await told().filter { $0.contains("Notice") } == [
                "03-04 NoticeGiven firing", "03-04 NoticeGiven resolved",
            ])
    }

    @Test func `count a day once for the days that a rule asks for`() async throws {
        _ = try await ScoreFixture.load()
        let folder = try RuleFolder(RuleFolder.file("alert: Slow\nwhen: days_to_renewal <= 41\nfor: 3d"))
        for offset in 0..<2 {
            for _ in 0..<3 { _ = try await night(folder, Self.day + offset, scope: .all) }
        }
        try await StoredAlerts.all(are: ["cord Slow pending 03-04 2"])
        _ = try await night(folder, Self.day + 2, scope: .all)
        try await StoredAlerts.all(are: ["cord Slow firing 03-04 3 fired 03-06"])
        _ = try await night(folder, Self.day + 2, scope: .all)
        try await StoredAlerts.events(are: ["03-04 cord Slow pending", "03-06 cord Slow firing"])
        #expect(try await told() == ["03-06 Slow firing"])
    }

    @Test func `are over on the day where the fact behind them is taken back, and go on where it comes again`()
        async throws
    {
        _ = try await ScoreFixture.load()
        let folder = try RuleFolder(
            RuleFolder.file("alert: Ticket\nwhen: open_tickets > 0 and name = 'Dorn'\nkeep_firing_for: 5d"))
        try await tickets("x1,dorn,2026-03-01,,p1")
        _ = try await night(folder, Self.day - 1)
        _ = try await night(folder, Self.day)
        try await StoredAlerts.all(are: ["dorn Ticket firing 03-03 2 fired 03-03"])
        // It was closed before the day: kept for five days, the first of which is this.
        try await tickets("x1,dorn,2026-03-01,2026-03-03T12:00:00Z,p1")
        _ = try await night(folder, Self.day)
        let kept = try await ImportFixture.texts(
            "select concat_ws(' ', state, true_days, to_char(false_since, 'MM-DD')) as text from hale_data.alert")
        #expect(kept == ["firing 1 03-04"])
        try await tickets("x1,dorn,2026-03-01,,p1")
        _ = try await night(folder, Self.day)
        try await StoredAlerts.all(are: ["dorn Ticket firing 03-03 2 fired 03-03"])
        #expect(try await told() == ["03-03 Ticket firing"])
    }

    @Test func `that began on the day are over when they should not have, and the same when they should`() async throws
    {
        _ = try await ScoreFixture.load()
        let folder = try RuleFolder(
            RuleFolder.file("alert: Ticket\nwhen: open_tickets > 0 and name = 'Dorn'\nkeep_firing_for: 5d"))
        _ = try await night(folder, Self.day - 1)
        try await tickets("x1,dorn,2026-03-01,,p1")
        _ = try await night(folder, Self.day)
        try await tickets("x1,dorn,2026-03-01,2026-03-02,p1")
        _ = try await night(folder, Self.day)
        try await StoredAlerts.all(are: ["dorn Ticket resolved 03-04 1 fired 03-04 ended 03-04"])
        try await tickets("x1,dorn,2026-03-01,,p1")
        _ = try await night(folder, Self.day)
        try await StoredAlerts.all(are: ["dorn Ticket firing 03-04 1 fired 03-04"])
        #expect(try await told() == ["03-04 Ticket firing", "03-04 Ticket resolved", "03-04 Ticket firing"])
        _ = try await night(folder, Self.day + 1)
        try await StoredAlerts.all(are: ["dorn Ticket firing 03-04 2 fired 03-04"])
    }

    @Test func `that somebody closed on the day stay closed on it`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal <= 41"))
        _ = try await night(folder, Self.day)
        let number = try await ImportFixture.number("select alert_id from hale_data.alert")
        try await AlertActions(database).close(number, by: "ana@example.com")
        _ = try await night(folder, Self.day, scope: .all)
        try await StoredAlerts.all(are: ["cord Soon resolved 03-04 1 fired 03-04 ended 03-04"])
    }

    @Test func `are held when both runs together are too many, and not again once somebody released them`() async throws
    {
        let database = try await ScoreFixture.load()
        let folder = try RuleFolder(RuleFolder.file("alert: Ticket\nwhen: open_tickets > 0"))
        let strict = FleetGuard(maximumShare: 0.3, minimumAccounts: 4)
        _ = try await night(folder, Self.day - 1, fleetGuard: strict)
        try await tickets("x1,dorn,2026-03-01,,p1")
        _ = try await night(folder, Self.day, fleetGuard: strict)
        try await tickets("x2,acme,2026-03-01,,p1")
        let outcome = try await night(folder, Self.day, fleetGuard: strict)
        #expect(outcome.last?.held == ["Ticket"])
        let states = try await StoredAlerts.all()
        #expect(states.filter { $0.contains("dorn") } == ["dorn Ticket firing 03-04 1 fired 03-04"])
        #expect(states.filter { $0.contains("acme") } == ["acme Ticket pending 03-04 1"])
        _ = try await AlertActions(database).release("Ticket", by: "ana@example.com", library: folder.library)
        _ = try await night(folder, Self.day, scope: .all, fleetGuard: strict)
        #expect(
            try await StoredAlerts.all().filter { $0.contains("acme") } == ["acme Ticket firing 03-04 1 fired 03-04"])
        let held = try await ImportFixture.number(
            "select count(*) from hale_data.alert_rule where held_since is not null")
        #expect(held == 0)
    }

    /// The peer: alerts whose days were each run once with all that was known in the end.
    @Test func `end up as if all had been known at once`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Ticket\nwhen: open_tickets > 0 and name = 'Dorn'\nfor: 2d",
                "alert: Kept\nwhen: open_tickets > 0 and name = 'Dorn'\nkeep_firing_for: 2d",
                "alert: Soon\nwhen: days_to_renewal in (41, 39, 38)"))
        func run(_ rows: [[String]]) async throws -> [String] {
            for (offset, day) in rows.enumerated() {
                for row in day {
                    try await tickets(row)
                    _ = try await night(folder, Self.day + offset, scope: .all)
                }
            }
            return try await StoredAlerts.all().filter { !$0.contains("resolved") }
        }
        let (open, over) = ("x1,dorn,2026-02-01,,p1", "x1,dorn,2026-02-01,2026-02-02,p1")
        let late = try await run([[over, open], [over, open, over, open], [open], [open, over, over]])
        _ = try await TestDatabase.shared.query(
            "with events as (delete from hale_data.alert_event), alerts as (delete from hale_data.alert), sent as (delete from hale_data.outbox) delete from hale_data.alert_rule returning rule"
        )
        var once: [String] = []
        for (offset, row) in [open, open, open, over].enumerated() {
            try await tickets(row)
            let stage = AlertStage(database, library: folder.library)
            _ = try await ScoreStage(database).run(asOf: Self.day + offset)
            try await stage.run(asOf: Self.day + offset)
            once = try await StoredAlerts.all().filter { !$0.contains("resolved") }
        }
        #expect(late.sorted() == once.sorted())
        #expect(once.contains { $0.contains("Kept firing") })
    }
}
