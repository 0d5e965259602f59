import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// However many days a transaction looks back to, and however often a run is interrupted, the same is found.
@Suite(.database) struct `Looking back to many days` {
    private static let accounts = ["acme", "bolt", "cord", "dorn"]
    private static let last = Day(daysSince2000: 9_558)  // 2026-03-03

    /// Four renewals of different products each in two stretches, one of which crosses the end of a month.
    private static let renewals: [(account: String, endsOn: Day)] = accounts.enumerated().flatMap { place, account in
        [0, 5, 58, 61].map { (account, last - (20 + 2 * place + $0)) }
    }

    private func load() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .accounts, "account_id,name\n" + Self.accounts.map { "\($0),\($0)\n" }.joined(), into: database
        ) { $0.isHistory = true }
        let contracts = Self.renewals.enumerated().map { place, renewal in
            let outcome = place % 3 == 0 ? "lost" : "renewed"
            return "k\(place),\(renewal.account),p\(place),900,EUR,2025-01-25,"
                + "\(renewal.endsOn),\(outcome),\(renewal.endsOn)\n"
        }
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,product,arr,currency,starts_on,ends_on,outcome,decided_on\n" + contracts.joined(),
            into: database
        ) { $0.isHistory = true }
        try await loadLateFacts(into: database)
        return database
    }

    /// Facts that came in after they happened: usage the next morning, or never named; answers, contacts and tickets days
    /// later; and tickets and people that were overwritten between the snapshots.
    private func loadLateFacts(into database: Database) async throws {
        var usage = "account_id,person_id,feature,occurred_at,recorded_at\n"
        var answers = "response_id,account_id,person_id,score,responded_at,recorded_at\n"
        var contacts = "account_id,person_id,kind,occurred_at,recorded_at\n"
        var tickets = "ticket_id,account_id,opened_at,closed_at,priority,recorded_at\n"
        for (place, account) in Self.accounts.enumerated() {
            for day in stride(from: Self.last - 230, through: Self.last - 10, by: 1) where !day.isWeekend {
                let number = Int(day.daysSince2000) * 7 + place
                for person in 0...(number % 4) {
                    let recorded = number % 5 == 0 ? "\(day)T09:00:00Z" : "\(day + 1 + number % 3)T06:00:00Z"
                    let name = person == 3 ? "" : "p\(person)"
                    usage += "\(account),\(name),f\(person % 2),\(day)T09:00:00Z,\(recorded)\n"
                }
                guard number % 9 == 0 else { continue }
                answers += "r\(day),\(account),p1,\(number % 11),\(day)T08:00:00Z,\(day + 4)T08:00:00Z\n"
                contacts += "\(account),p0,reply,\(day)T08:00:00Z,\(day + 6)T08:00:00Z\n"
                tickets += "t\(day),\(account),\(day)T08:00:00Z,,p1,\(day + 2)T08:00:00Z\n"
            }
        }
        let people = "account_id,person_id,role,recorded_at\n"
        let roles = { (role: String, day: Day) in
            people + Self.accounts.map { "\($0),p0,\(role),\(day)T00:00:00Z\n" }.joined()
        }
        try await ImportFixture.load(.people, roles("champion", Self.last - 240), into: database)
        try await ImportFixture.load(.people, roles("user", Self.last - 112), into: database)
        try await ImportFixture.load(.usage, usage, into: database)
        try await ImportFixture.load(.nps, answers, into: database)
        try await ImportFixture.load(.touchpoints, contacts, into: database)
        try await ImportFixture.load(.tickets, tickets, into: database)
        let closed = tickets.split(separator: "\n").map(String.init).enumerated().map { row, line in
            guard row > 0 else { return line }
            var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            fields[3] = "\(Self.last - 100)T12:00:00Z"
            fields[5] = "\(Self.last - 99)T12:00:00Z"
            return fields[2] < "\(Self.last - 100)" ? fields.joined(separator: ",") : ""
        }
        try await ImportFixture.load(
            .tickets, closed.filter { !$0.isEmpty }.joined(separator: "\n") + "\n", into: database)
    }

    private func evidence() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', contract.external_id, evidence.snapshot_on, evidence.score, evidence.score_mean,
                evidence.score_deviation, evidence.dimensions::text, evidence.points::text, evidence.mean_points::text,
                evidence.band, evidence.tenure_days, evidence.is_open, evidence.notice_given, evidence.models) as text
            from hale_data.renewal_evidence as evidence
            join hale_data.contract on contract.contract_id = evidence.contract_id
            order by contract.external_id
            """)
    }

    private func forget() async throws {
        _ = try await TestDatabase.shared.query("delete from hale_data.renewal_evidence")
    }

    private struct Interruption: Error {}

    @Test(.timeLimit(.minutes(30)))
    func `finds the same in parts, day by day, and interrupted, as when every day is hidden by itself`() async throws {
        let database = try await load()
        let whole = try await EvidenceStage(database).run(leadDays: 30)
        #expect(whole.renewals == 16)
        let found = try await evidence()
        #expect(found.count == 16)

        for daysAtOnce in [1, 3] {
            try await forget()
            #expect(try await EvidenceStage(database, daysAtOnce: daysAtOnce).run(leadDays: 30) == whole)
            #expect(try await evidence() == found)
        }

        // Three days at once lie in three days: the newest transactions take two and three of them.
        try await forget()
        var told: [Int] = []
        await #expect(throws: Interruption.self) {
            _ = try await EvidenceStage(database, daysAtOnce: 3).run(leadDays: 30) { done, all in
                told += [done, all]
                if done == 4 { throw Interruption() }
            }
        }
        #expect(told == (1...4).flatMap { [$0, whole.days] })
        // What the first transaction found is kept, what the second had begun is not.
        let kept = try await evidence()
        #expect(kept.count == 2 && Set(kept).isSubset(of: found))
        let rest = try await EvidenceStage(database).run(leadDays: 30)
        #expect(rest.renewals == 14 && rest.days == 14)
        #expect(try await evidence() == found)

        // Looking again and being interrupted: what was found counts until it is found again.
        await #expect(throws: Interruption.self) {
            _ = try await EvidenceStage(database, daysAtOnce: 3).run(leadDays: 30, again: true) { done, _ in
                if done == 4 { throw Interruption() }
            }
        }
        #expect(try await evidence().count == 16)
        #expect(try await EvidenceStage(database).run(leadDays: 30) == rest)
        #expect(try await evidence() == found)
        #expect(try await PackedUsage.differences() == [])

        // The peer hides everything anew for a day alone.
        for renewal in [Self.renewals[0], Self.renewals[6], Self.renewals[15]] {
            let day = renewal.endsOn - 30
            let known = try await KnownAtScore(database).run(asOf: day, knownAt: day.description)
            let own = try #require(known.scores.first { $0.accountID == renewal.account })
            let row = try #require(
                try await TestDatabase.shared.query(
                    """
                    select evidence.score, evidence.score_mean
                    from hale_data.renewal_evidence as evidence
                    join hale_data.account on account.account_id = evidence.account_id
                    where account.external_id = $1::text and evidence.snapshot_on = $2::date
                    """, [renewal.account, day.postgresDate]
                ).first)
            #expect(try row.decode("score", as: Double.self) == own.composition.score)
            let scored = known.scores.filter(\.isScored).map(\.composition.score)
            #expect(try abs(row.decode("score_mean", as: Double.self) - ScoreDistribution(scores: scored).mean) < 1e-9)
        }
    }

    /// Locks on tables that nobody else sees: what a transaction made itself, and what it drops keeps its lock.
    private func locksOnOwnTables() async throws -> Int64 {
        try await ImportFixture.number(
            """
            select count(*)
            from pg_locks as lock
            where lock.database = (select oid from pg_database where datname = current_database())
                and lock.locktype = 'relation'
                and not exists (select from pg_class as class where class.oid = lock.relation)
            """)
    }

    @Test func `holds no more locks after many days than after a few`() async throws {
        let database = try await load()
        var held: [Int64] = []
        _ = try await EvidenceStage(database, daysAtOnce: 1_000).run(leadDays: 30) { _, _ in
            held.append(try await locksOnOwnTables())
        }
        // After the last day the transaction is over.
        #expect(held.count == 16 && held[1] > 0 && held[15] == 0)
        #expect(held[1..<15].allSatisfy { $0 == held[1] })
    }

    @Test func `goes on from what comes in while it looks`() async throws {
        let database = try await load()
        _ = try await EvidenceStage(database, daysAtOnce: 1).run(leadDays: 30) { done, _ in
            // Usage of before the days that are still to be looked at, learned between two transactions.
            guard done == 3 else { return }
            try await ImportFixture.load(
                .usage,
                "account_id,person_id,feature,occurred_at\n"
                    + stride(from: Self.last - 200, to: Self.last - 60, by: 1).map { "acme,q1,f,\($0)\n" }.joined(),
                into: database)
        }
        let found = try await evidence()
        try await forget()
        _ = try await EvidenceStage(database).run(leadDays: 30)
        #expect(try await evidence() == found)
    }
}
