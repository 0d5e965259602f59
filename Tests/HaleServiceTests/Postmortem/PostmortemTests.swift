import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

@Suite(.database)
struct `A post-mortem` {
    private static let day = Day(iso: "2025-12-01") ?? Day(daysSince2000: 0)

    private func scored(_ portfolio: LossPortfolio) async throws -> Database {
        let database = try TestDatabase.shared.database
        try await portfolio.load(into: database)
        _ = try await ScoreStage(database).run(from: LossPortfolio.first, to: LossPortfolio.last)
        return database
    }

    private func key(_ account: String, _ database: Database) async throws -> Int64 {
        try #require(try await database.withConnection { try await AlertStore($0).accountKey(of: account) })
    }

    @Test(arguments: [UInt64(1), 2])
    func `of a period counts every loss, warning and false alarm as one who goes through the accounts one by one`(
        seed: UInt64
    ) async throws {
        let portfolio = LossPortfolio(seed: seed)
        let database = try await scored(portfolio)
        let folder = try RuleFolder(
            RuleFolder.file(LossPortfolio.rules[0], LossPortfolio.rules[1], LossPortfolio.rules[2]))
        let period = try #require(CalendarPeriod("2025Q4"))
        let outcome = try await PeriodPostmortem(database, library: folder.library).run(period)

        let lost = portfolio.accounts.filter { $0.notice.map(period.contains) ?? false }
            .sorted { ($0.notice?.description ?? "", $0.id) < ($1.notice?.description ?? "", $1.id) }
        try #require(lost.count >= 4)
        #expect(outcome.entries.map(\.loss.accountID) == lost.map(\.id))
        #expect(outcome.entries.map(\.loss.lostOn) == lost.compactMap(\.notice))
        #expect(outcome.entries.map(\.arrMinor) == lost.map { Int64($0.arr) * 100 })
        let names = ["Tickets", "Overdue", "Never"]
        for (entry, account) in zip(outcome.entries, lost) {
            let notice = try #require(account.notice)
            let warnings = names.compactMap { rule in
                LossPortfolio.firings(rule, account).first.flatMap { $0 < notice ? (day: $0, rule: rule) : nil }
            }
            let earliest = warnings.map(\.day).min()
            #expect(entry.warning?.day == earliest, "\(account.id)")
            #expect(entry.daysAhead == earliest.map { notice - $0 })
            #expect(entry.warning.map { warning in warnings.contains { $0 == (warning.day, warning.rule) } } ?? true)
            #expect(entry.alert == nil && entry.acts == 0)
        }
        #expect(outcome.rules.costs.map(\.rule) == names)
        for cost in outcome.rules.costs {
            let firings = portfolio.accounts.map { LossPortfolio.firings(cost.rule, $0) }
            #expect(cost.firings == firings.reduce(0) { $0 + $1.count }, "\(cost.rule)")
            #expect(cost.accounts == firings.count { !$0.isEmpty })
            let caught = zip(portfolio.accounts, firings).count { account, days in
                days.first.map { first in account.notice.map { $0 > first } ?? false } ?? false
            }
            #expect(cost.caught == caught)
            #expect(cost.precision == (cost.accounts == 0 ? nil : Double(caught) / Double(cost.accounts)))
            #expect(cost.firingsPerLoss == (caught == 0 ? nil : Double(cost.firings) / Double(caught)))
        }
        #expect(outcome.rules.baseRate == Double(lost.count) / Double(portfolio.accounts.count))
        let ahead = outcome.entries.compactMap(\.daysAhead).sorted()
        try #require(!ahead.isEmpty)
        let middle = Double(ahead[(ahead.count - 1) / 2] + ahead[ahead.count / 2]) / 2
        #expect(outcome.medianDaysAhead == middle)
        #expect(outcome.arrMinor(of: outcome.entries) == lost.reduce(0) { $0 + Int64($1.arr) * 100 })
    }

    @Test func `of an account tells the stored scores, and those of other days from what was recorded by then`()
        async throws
    {
        let portfolio = LossPortfolio(seed: 1)
        let database = try await scored(portfolio)
        // Opened long before, and told of only after the customer had left.
        try await ImportFixture.load(
            .tickets,
            "ticket_id,account_id,opened_at,priority,recorded_at\n"
                + "late,a-07,2025-07-01T08:00:00Z,p1,2025-12-20T08:00:00Z\n", into: database)
        let folder = try RuleFolder(RuleFolder.file(LossPortfolio.rules[0]))
        let models = ModelSet(.default)
        let outcome = try await AccountPostmortem(database, library: folder.library, models: models).run(
            try await key("a-07", database), id: "a-07")
        let notice = try #require(portfolio.accounts.first { $0.id == "a-07" }?.notice)
        #expect(outcome.loss.lostOn == notice && outcome.loss.basis == "notice")
        #expect(outcome.checkpoints.map(\.daysBefore) == [180, 150, 120, 90, 60, 30, 0])
        #expect(outcome.checkpoints.map(\.day) == [180, 150, 120, 90, 60, 30, 0].map { notice - $0 })
        for point in outcome.checkpoints {
            #expect((point.source == .stored) == (point.day >= LossPortfolio.first), "\(point.day)")
            if point.source == .recomputed {
                let known = try await KnownAtScore(database, models: models).run(
                    asOf: point.day, knownAt: point.day.description
                ).scores.first { $0.accountID == "a-07" }
                #expect(point.score == known.flatMap { $0.isScored ? $0.composition.score : nil }, "\(point.day)")
            } else {
                let stored = try await database.withConnection {
                    try await AccountStore($0).history(of: "a-07", upTo: point.day, days: 1)
                }.first
                #expect(point.band == stored?.band)
            }
        }
        let late = try #require(outcome.facts.first { $0.happenedOn.description == "2025-07-01" })
        #expect(late.knownOn.description == "2025-12-20" && late.kind == "ticket")
        #expect(outcome.facts.contains { $0.kind == "notice" && $0.happenedOn == notice && $0.knownOn == notice })
        #expect(outcome.facts.map(\.knownOn) == outcome.facts.map(\.knownOn).sorted())
    }

    @Test func `tells what was done before the loss, and leaves out what came after`() async throws {
        let portfolio = LossPortfolio(seed: 1)
        let database = try TestDatabase.shared.database
        try await portfolio.load(into: database)
        let notice = try #require(portfolio.accounts.first { $0.id == "a-04" }?.notice)
        try await ImportFixture.load(.csms, "email,name\nana@example.com,Ana\n", into: database)
        try await ImportFixture.load(
            .touchpoints,
            "account_id,occurred_at,kind,csm_email,note\n"
                + "a-04,\(notice - 181)T08:00:00Z,call,ana@example.com,too early\n"
                + "a-04,\(notice - 180)T08:00:00Z,call,ana@example.com,first\n"
                + "a-04,\(notice - 3)T08:00:00Z,reply,ana@example.com,thanks\n"
                + "a-04,\(notice + 1)T08:00:00Z,call,ana@example.com,too late\n"
                + "a-05,\(notice - 3)T08:00:00Z,call,ana@example.com,another\n", into: database)
        let folder = try RuleFolder(RuleFolder.file(LossPortfolio.rules[0]))
        let outcome = try await AccountPostmortem(database, library: folder.library, models: ModelSet(.default)).run(
            try await key("a-04", database), id: "a-04")
        #expect(outcome.acts.map { "\($0.kind) \($0.detail ?? "")" } == ["call first", "reply thanks"])
        #expect(outcome.rules.days.isEmpty && outcome.rules.baseRate == nil)
        let period = try await PeriodPostmortem(database, library: folder.library).run(
            CalendarPeriod(monthOf: notice))
        #expect(period.entries.first { $0.loss.accountID == "a-04" }?.acts == 1)
        #expect(period.caught.isEmpty && period.medianDaysAhead == nil)
    }

    @Test func `is refused for a customer who stayed, and for a period without a loss`() async throws {
        let database = try TestDatabase.shared.database
        try await LossPortfolio(seed: 1).load(into: database)
        let folder = try RuleFolder(RuleFolder.file(LossPortfolio.rules[0]))
        let stayed = try await key("a-02", database)
        await #expect(throws: PostmortemFailure.notLost(account: "a-02")) {
            try await AccountPostmortem(database, library: folder.library, models: ModelSet(.default)).run(
                stayed, id: "a-02")
        }
        for period in ["2025Q1", "2025-09", "2199"] {
            await #expect(throws: PostmortemFailure.noLosses(period: period)) {
                try await PeriodPostmortem(database, library: folder.library).run(
                    #require(CalendarPeriod(period)))
            }
        }
    }
}
