import HaleDelivery
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// What the stage of alerts leaves for receivers. Cord has 41 days to its renewal on the first of these days.
@Suite(.database) struct `Alerts that somebody is told of` {
    private static let first = Day(iso: "2026-03-04") ?? Day(daysSince2000: 0)
    private static let receivers = """
        receivers:
          - {name: team, url: "https://hooks.example.com/team", format: slack}
          - {name: office, url: "https://hooks.example.com/office", format: slack}
        administrators: [office]
        routes:
          - receiver: team

        """

    private func scored(days: Int) async throws -> Database {
        let database = try await ScoreFixture.load()
        _ = try await ScoreStage(database).run(from: Self.first, to: Self.first + (days - 1))
        return database
    }

    private func announcing(_ yaml: String = receivers) -> AlertAnnouncing {
        AlertAnnouncing { try ReceiverFile.read(yaml, path: "receivers.yaml") }
    }

    private func run(
        _ folder: RuleFolder, days: Range<Int>, fleetGuard: FleetGuard = FleetGuard(), yaml: String = receivers
    ) async throws {
        let stage = AlertStage(
            try TestDatabase.shared.database, library: folder.library, fleetGuard: fleetGuard,
            announcing: announcing(yaml))
        for day in days { try await stage.run(asOf: Self.first + day) }
    }

    /// Day, receiver, rule and what it is told, one text a row.
    private func outbox() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(' ', to_char(event.day, 'MM-DD'), receiver.name, alert.rule, waiting.kind) as text
            from hale_data.outbox as waiting
            join hale_data.receiver as receiver using (receiver_id)
            join hale_data.alert_event as event using (account_id, event_id)
            join hale_data.alert as alert on alert.account_id = event.account_id and alert.alert_id = event.alert_id
            order by event.event_id
            """)
    }

    @Test func `wait in the outbox from the transaction on in which they fire and end`() async throws {
        _ = try await scored(days: 5)
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: days_to_renewal in (39, 40)", "alert: Slow\nwhen: days_to_renewal <= 40\nfor: 2d"))
        try await run(folder, days: 0..<5)
        #expect(try await outbox() == ["03-05 team Soon firing", "03-06 team Slow firing", "03-07 team Soon resolved"])
        try await run(folder, days: 0..<5)
        #expect(try await outbox().count == 3)
    }

    @Test func `are not forgotten while that waits`() async throws {
        let database = try await scored(days: 5)
        let folder = try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal in (39, 40)"))
        try await run(folder, days: 0..<5)
        func forget() async throws -> Int {
            try await database.withConnection { try await AlertStore($0).forget(endedUpTo: Self.first + 100) }
        }
        #expect(try await forget() == 0)
        #expect(try await outbox().count == 2)
        _ = try await TestDatabase.shared.query(
            "update hale_data.outbox set flushed_at = now(), dropped_reason = 'test' returning outbox_id::text")
        #expect(try await forget() == 1)
    }

    @Test func `are not told of while another rule hides them, and are when it does no more`() async throws {
        _ = try await scored(days: 3)
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Grave\nwhen: days_to_renewal in (40, 41)\ninhibits: [Mild]",
                "alert: Mild\nwhen: days_to_renewal <= 41"))
        try await run(folder, days: 0..<3)
        #expect(
            try await outbox() == ["03-04 team Grave firing", "03-06 team Grave resolved", "03-06 team Mild firing"])
    }

    @Test func `are over for receivers when somebody closes them`() async throws {
        let database = try await scored(days: 1)
        try await run(try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal <= 41")), days: 0..<1)
        let number = try await ImportFixture.number("select alert_id from hale_data.alert")
        try await AlertActions(database, announcing: announcing()).close(number, by: "ana@example.com")
        #expect(try await outbox() == ["03-04 team Soon firing", "03-04 team Soon resolved"])
    }

    @Test func `stay as they were where the file of receivers is broken`() async throws {
        _ = try await scored(days: 1)
        let folder = try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal <= 41"))
        await #expect(throws: FileFailure.self) {
            try await run(folder, days: 0..<1, yaml: "receivers:\n  - {name: team, urll: x}\n")
        }
        #expect(try await ImportFixture.number("select count(*) from hale_data.alert") == 0)
        // Once it is mended the day is caught up with.
        try await run(folder, days: 0..<1)
        #expect(try await outbox() == ["03-04 team Soon firing"])
    }

    @Test func `and a rule that is held is told to the administrators once, and to nobody else`() async throws {
        _ = try await scored(days: 4)
        let folder = try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal <= 40"))
        try await run(folder, days: 0..<4, fleetGuard: FleetGuard(maximumShare: 0.2, minimumAccounts: 4))
        #expect(try await outbox() == [])
        let notices = try await ImportFixture.texts(
            """
            select receiver.name || ' ' || delivery.kind || ' ' || (delivery.body::jsonb ->> 'text') as text
            from hale_data.delivery as delivery join hale_data.receiver as receiver using (receiver_id)
            """)
        #expect(notices.count == 1)
        #expect(notices.first?.hasPrefix("office notice ") == true)
        #expect(
            notices.first?.contains("Soon is held") == true
                && notices.first?.contains("hale rules release Soon") == true)
    }
}
