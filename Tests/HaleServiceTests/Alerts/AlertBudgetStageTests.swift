import HaleDelivery
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// New alerts that receivers are told of, and those that are left to the digest. On 4 March cord (EUR 12,000) has 41 days to
/// its renewal, acme (60,000) 118 and bolt (24,000) 210; none has a CSM until a test gives it one.
@Suite(.database) struct `New alerts within a budget` {
    private static let first = Day(iso: "2026-03-04") ?? Day(daysSince2000: 0)
    private static let receivers = """
        receivers:
          - {name: team, url: "https://hooks.example.com/team", format: slack}
          - {name: office, url: "https://hooks.example.com/office", format: slack}
        administrators: [office]
        routes:
          - receiver: team

        """

    private func announcing(_ alerts: Int, _ yaml: String = receivers) -> AlertAnnouncing {
        AlertAnnouncing(budget: AlertBudget(alerts: alerts)) {
            try ReceiverFile.read(yaml, path: "receivers.yaml")
        }
    }

    private func run(
        _ folder: RuleFolder, days: Range<Int>, budget: Int, scope: ScoreStage.Scope = .all, yaml: String = receivers
    ) async throws {
        let database = try TestDatabase.shared.database
        let stage = AlertStage(database, library: folder.library, announcing: announcing(budget, yaml))
        for day in days {
            _ = try await ScoreStage(database).run(asOf: Self.first + day, scope: scope)
            try await stage.run(asOf: Self.first + day)
        }
    }

    /// Day, account, rule and what the team is told, one text a row.
    private func told() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', to_char(event.day, 'MM-DD'), account.external_id, alert.rule, waiting.kind) as text
            from hale_data.outbox as waiting
            join hale_data.alert_event as event using (account_id, event_id)
            join hale_data.alert as alert on alert.account_id = event.account_id and alert.alert_id = event.alert_id
            join hale_data.account as account on account.account_id = alert.account_id
            order by event.day, account.external_id, event.event_id
            """)
    }

    /// The alerts that are left to the digest: when, which and why.
    private func digest() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', to_char(alert.announced_on, 'MM-DD'), account.external_id, alert.rule, alert.digest_reason) as text
            from hale_data.alert as alert
            join hale_data.account as account on account.account_id = alert.account_id
            where alert.digest_reason is not null
            order by alert.announced_on, account.external_id, alert.alert_id
            """)
    }

    private let everybodyOnce = RuleFolder.file("alert: Once\nwhen: days_to_renewal in (41, 118, 210)")

    @Test func `are told of once, the richest first, and no more is told of the others`() async throws {
        _ = try await ScoreFixture.load()
        let folder = try RuleFolder(everybodyOnce)
        try await run(folder, days: 0..<1, budget: 2)
        for _ in 0..<2 {
            #expect(try await told() == ["03-04 acme Once firing", "03-04 bolt Once firing"])
            #expect(try await digest() == ["03-04 cord Once budget"])
            // Again, and with more room: what was decided stays.
            try await run(folder, days: 0..<1, budget: 5)
        }
        try await run(folder, days: 1..<2, budget: 2)
        #expect(
            try await told() == [
                "03-04 acme Once firing", "03-04 bolt Once firing", "03-05 acme Once resolved",
                "03-05 bolt Once resolved",
            ])
        let (day, count) = (Self.first, try await StoredAlerts.all().count)
        #expect(count == 3)
        // Whoever asks is told why.
        let shown = try await TestDatabase.shared.database.withConnection { connection in
            var selection = AlertStore.Selection()
            selection.accounts = ["cord"]
            return try await AlertStore(connection).list(asOf: day, selection)
        }
        #expect(shown.map(\.digestReason) == [.budget] && shown.map(\.announcedOn) == [day])
    }

    @Test func `count for the day through all its runs, and anew on the next`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: days_to_renewal <= 41", "alert: Ticket\nwhen: name = 'Dorn' and open_tickets > 0",
                "alert: Later\nwhen: days_to_renewal = 117"))
        try await run(folder, days: 0..<1, budget: 1)
        try await ImportFixture.load(
            .tickets, "ticket_id,account_id,opened_at,closed_at,priority\nx1,dorn,2026-03-02,,p1\n", into: database)
        try await run(folder, days: 0..<1, budget: 1)
        #expect(try await told() == ["03-04 cord Soon firing"])
        #expect(try await digest() == ["03-04 dorn Ticket budget"])
        try await run(folder, days: 1..<2, budget: 1)
        #expect(try await told() == ["03-04 cord Soon firing", "03-05 acme Later firing"])
    }

    @Test func `are each CSM's own`() async throws {
        let database = try await ScoreFixture.load()
        try await ImportFixture.load(.csms, "email\nana@example.com\nbob@example.com\n", into: database)
        try await ImportFixture.load(
            .accounts, "account_id,name,csm_email\ncord,Cord,ana@example.com\nbolt,Bolt,bob@example.com\n",
            into: database)
        try await run(try RuleFolder(everybodyOnce), days: 0..<1, budget: 1)
        #expect(try await told().count == 3)
        #expect(try await digest() == [])
    }

    @Test func `that no receiver is told of use nothing up`() async throws {
        _ = try await ScoreFixture.load()
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Mild\nwhen: days_to_renewal in (118, 210)\nseverity: info",
                "alert: Grave\nwhen: days_to_renewal = 41\nseverity: critical"))
        let routed = Self.receivers.replacing(
            "- receiver: team", with: "- {receiver: team, match: {severity: critical}}")
        try await run(folder, days: 0..<1, budget: 1, yaml: routed)
        #expect(try await told() == ["03-04 cord Grave firing"])
        #expect(try await digest() == [])
    }

    @Test func `that were hidden are new when they are shown, and told of when there is room`() async throws {
        _ = try await ScoreFixture.load()
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Grave\nwhen: days_to_renewal = 41\nseverity: critical\ninhibits: [Mild]",
                "alert: Mild\nwhen: days_to_renewal <= 41", "alert: Rich\nwhen: days_to_renewal = 117"))
        try await run(folder, days: 0..<2, budget: 1)
        #expect(
            try await told() == ["03-04 cord Grave firing", "03-05 acme Rich firing", "03-05 cord Grave resolved"])
        #expect(try await digest() == ["03-05 cord Mild budget"])
    }

    @Test func `are new again when their day is taken back`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try RuleFolder(RuleFolder.file("alert: Slow\nwhen: days_to_renewal <= 41\nfor: 2d"))
        try await run(folder, days: 0..<2, budget: 0)
        #expect(try await digest() == ["03-05 cord Slow budget"])
        _ = try await DayForgetting(
            database, models: ModelSet(.default), rules: folder.library, announcing: announcing(0)
        ).run(Self.first + 1, today: Self.first + 1)
        #expect(try await digest() == [])
        try await run(folder, days: 1..<2, budget: 1)
        #expect(try await told() == ["03-05 cord Slow firing"])
    }

    /// Ten alerts in seven days: cord's on those on which its days are odd, acme's and bolt's on the others.
    private func judged() async throws -> (folder: RuleFolder, numbers: [Int64]) {
        _ = try await ScoreFixture.load()
        let folder = try RuleFolder(RuleFolder.file("alert: Odd\nwhen: days_to_renewal % 2 = 1"))
        try await run(folder, days: 0..<7, budget: 5)
        let numbers = try await TestDatabase.shared.query("select alert_id from hale_data.alert order by alert_id").map
        {
            try $0.decode("alert_id", as: Int64.self)
        }
        #expect(numbers.count == 10)
        return (folder, numbers)
    }

    private func judge(_ numbers: some Sequence<Int64>, _ verdict: AlertVerdict) async throws {
        let actions = AlertActions(try TestDatabase.shared.database)
        for number in numbers { try await actions.judge(number, verdict, by: "ana@example.com", note: nil) }
    }

    /// What administrators were told.
    private func notices() async throws -> [String] {
        try await ImportFixture.texts(
            "select body as text from hale_data.delivery where kind = 'notice' order by delivery_id")
    }

    @Test func `of a rule that people find to be noise go to the digest, which is said once, until they think better`()
        async throws
    {
        let (folder, numbers) = try await judged()
        // The first word was another one: the last counts.
        try await judge(numbers.prefix(3), .useful)
        try await judge(numbers.dropLast(), .noise)
        try await run(folder, days: 7..<8, budget: 5)
        // Nine verdicts say nothing yet.
        #expect(try await notices() == [])
        #expect(try await told().suffix(3).contains("03-11 acme Odd firing"))
        try await judge(numbers.suffix(1), .noise)
        try await run(folder, days: 8..<10, budget: 5)
        #expect(
            try await digest() == ["03-12 cord Odd precision", "03-13 acme Odd precision", "03-13 bolt Odd precision"])
        #expect(try await notices().count == 1)
        #expect(try await notices().first?.contains("Most alerts of Odd are noise") == true)
        #expect(try await StoredAlerts.all().last == "- RuleNoisy:Odd firing 03-12 2 fired 03-12")
        // Two of ten are as many as one in five.
        try await judge(numbers.prefix(2), .useful)
        try await run(folder, days: 10..<11, budget: 5)
        #expect(try await StoredAlerts.all().last == "- RuleNoisy:Odd resolved 03-12 2 fired 03-12 ended 03-14")
        #expect(try await told().last == "03-14 cord Odd firing")
        #expect(try await notices().count == 1)
    }
}
