import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Over random portfolios and random changes of their facts: an incremental run leaves nothing for a full one to change
/// that uses the same portfolio figures.
@Suite(.database)
struct `Incremental scores are those of a full run` {
    @Test(.timeLimit(.minutes(30)), arguments: [1, 2, 3])
    func `after any sequence of changes`(_ seed: UInt64) async throws {
        let database = try TestDatabase.shared.database
        let day = try DemoWorkspace.day("2026-03-02")
        var changes = FactChanges(seed: seed, day: day)
        try await changes.loadPortfolio(into: database)
        let stage = ScoreStage(database)
        // A stored earlier day, so that smoothing has something to go on from.
        _ = try await stage.run(from: day - 1, to: day)
        var scored = 0
        var updated = 0
        for step in 1...12 {
            let what = try await changes.apply(step: step, to: database)
            let outcome = try await stage.run(asOf: day, scope: .changed)
            #expect(outcome.widening == nil, "\(what)")
            scored += outcome.keys?.count ?? 0
            updated += outcome.changes.updated
            let full = try await stage.run(asOf: day, scope: .allWithStoredFigures)
            #expect(full.accounts == FactChanges.accounts, "\(what)")
            // Rows are compared as they are stored, doubles bit by bit.
            #expect(full.changes.isEmpty, "seed \(seed), step \(step): \(what)")
        }
        // The changes were seen, and they concerned some accounts only.
        #expect(updated >= 6)
        #expect(scored < 12 * FactChanges.accounts / 2)
    }
}

/// A made-up portfolio and changes to its facts, all from a seed.
private struct FactChanges {
    static let accounts = 30

    private var random: SplitMix
    private let day: Day

    init(seed: UInt64, day: Day) {
        random = SplitMix(seed: seed)
        self.day = day
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    private mutating func account() -> String { "a\(number(1...Self.accounts))" }
    private mutating func past(_ days: ClosedRange<Int>) -> Day { day - number(days) }

    mutating func loadPortfolio(into database: Database) async throws {
        var accounts = "account_id,name,country,created_on\n"
        var people = "account_id,person_id,role\n"
        var contracts = "contract_id,account_id,arr,currency,starts_on,ends_on,term_months,seats,auto_renew\n"
        var usage = "account_id,person_id,feature,occurred_at\n"
        for index in 1...Self.accounts {
            // Of some neither start nor contract is known, so that their first usage is the start.
            accounts += "a\(index),Account \(index),\(index % 3 == 0 ? "DE" : ""),"
            accounts += index % 4 == 0 ? "\n" : "\(past(100...600))\n"
            people += "a\(index),p1,champion\na\(index),p2,\(index % 2 == 0 ? "economic_buyer" : "champion")\n"
            if index % 4 != 0 {
                contracts +=
                    "c\(index),a\(index),\(number(1...90))000,EUR,\(past(200...500)),\(day + number(-120...200)),"
                contracts += "12,\(number(2...9)),\(index % 2 == 0)\n"
            }
            guard index % 7 != 0 else { continue }
            for before in 1...120 where number(1...3) > 1 {
                // Every fifth account's usage names nobody now and then.
                let person = index % 5 == 0 && number(1...2) == 1 ? "" : "p\(number(1...4))"
                usage += "a\(index),\(person),f\(number(1...6)),\(day - before)\n"
            }
        }
        try await ImportFixture.load(.accounts, accounts, into: database)
        try await ImportFixture.load(.people, people, into: database)
        try await ImportFixture.load(.contracts, contracts, into: database) { $0.isHistory = true }
        try await ImportFixture.load(.usage, usage, into: database)
    }

    /// Changes some facts, and says which.
    mutating func apply(step: Int, to database: Database) async throws -> String {
        switch number(0...7) {
        case 0:
            let text =
                "account_id,person_id,feature,occurred_at\n"
                + (1...number(1...20)).map { _ in "\(account()),p\(number(1...9)),f\(number(1...6)),\(past(1...150))\n"
                }.joined()
            return try await load(.usage, text, into: database)
        case 1:
            return try await load(
                .tickets,
                "ticket_id,account_id,opened_at,priority\nt\(step),\(account()),\(past(1...60)),p\(number(1...3))\n",
                into: database)
        case 2:
            return try await load(
                .nps,
                "response_id,account_id,person_id,score,responded_at\nr\(step),\(account()),p\(number(1...4)),"
                    + "\(number(0...10)),\(past(1...300))\n", into: database)
        case 3:
            return try await load(
                .invoices, "invoice_id,account_id,due_on,paid_on\ni\(step),\(account()),\(past(1...90)),\n",
                into: database)
        case 4:
            return try await load(
                .contracts,
                "contract_id,account_id,arr,currency,starts_on,ends_on\nn\(step),\(account()),\(number(1...90))000,EUR,"
                    + "\(past(70...300)),\(day + number(-60...200))\n", into: database)
        case 5:
            return try await load(
                .people,
                "account_id,person_id,name,role,left_on\n\(account()),p\(number(1...4)),N \(step),champion,\(past(1...50))\n",
                into: database)
        case 6:
            return try await load(
                .touchpoints,
                "account_id,occurred_at,kind,person_id,note\n\(account()),\(past(1...40)),meeting,p1,n\(step)\n",
                into: database)
        default:
            return try await load(
                .accounts, "account_id,name,country,created_on\n\(account()),Renamed \(step),FR,\(past(20...700))\n",
                into: database)
        }
    }

    private func load(_ kind: ImportKind, _ text: String, into database: Database) async throws -> String {
        try await ImportFixture.load(kind, text, into: database)
        return "\(kind.rawValue): \(text)"
    }
}
