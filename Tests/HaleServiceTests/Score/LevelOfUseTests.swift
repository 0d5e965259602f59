import Foundation
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// The level of use beside the peers', against the same worked out here from the accounts' numbers.
@Suite(.database)
struct `The level of use` {
    /// An account whose people come on every business day from its start on.
    private struct Account {
        let id: String
        let segment: String?
        /// People a day.
        let people: Int
        let seats: Int?
        var createdOn = "2025-01-01"
        /// Days of the last 28 on which it was there.
        var businessDays = 20
        var isYoung = false
        /// Whether its usage names people; else it is counted in units, of which each row brings three.
        var isNamed = true

        var basis: String { (isNamed ? "person" : "unit") + (seats == nil ? "" : " a seat") }
        var count: Int { people * businessDays * (isNamed ? 1 : 3) }
        /// y = ln((n + 1/2) / (E · seats)): nobody comes on weekends, so that only business days count.
        var logRate: Double? {
            guard businessDays >= 7, seats != 0 else { return nil }
            return log((Double(count) + 0.5) / (Double(businessDays) * Double(seats ?? 1)))
        }
    }

    /// 25 enterprise accounts have peers of their segment, five of the mid-market those of their age, three young ones
    /// those of every age; 22 whose seats are unknown are compared with each other. The last three have no peers, too few
    /// days, and no seat.
    private static let accounts: [Account] =
        (0..<25).map { Account(id: "e\($0)", segment: "enterprise", people: 1 + $0 % 5, seats: 5 + $0) }
        + (0..<5).map { Account(id: "m\($0)", segment: "mid-market", people: 2, seats: 4 + 3 * $0) }
        + (0..<3).map {
            // Forty days before the day.
            Account(
                id: "y\($0)", segment: "enterprise", people: 1 + $0, seats: 9, createdOn: "2026-01-21", isYoung: true)
        }
        + (0..<22).map { Account(id: "s\($0)", segment: nil, people: 1 + $0 % 4, seats: nil) }
        + [
            Account(id: "q", segment: "enterprise", people: 1, seats: 5, isNamed: false),
            // Since the Thursday of the week before: two business days.
            Account(
                id: "n", segment: "enterprise", people: 1, seats: 5, createdOn: "2026-02-26", businessDays: 2,
                isYoung: true),
            Account(id: "z", segment: "enterprise", people: 1, seats: 0),
        ]

    private static let day = "2026-03-02"  // a Monday

    private func load() async throws -> Database {
        let database = try TestDatabase.shared.database
        var accounts = "account_id,name,segment,created_on\n"
        var contracts = "contract_id,account_id,arr,currency,starts_on,ends_on,term_months,seats\n"
        var usage = "account_id,person_id,feature,occurred_at,quantity\n"
        let (first, end) = (try DemoWorkspace.day("2025-11-10"), try DemoWorkspace.day(Self.day))
        for account in Self.accounts {
            accounts += "\(account.id),\(account.id),\(account.segment ?? ""),\(account.createdOn)\n"
            if let seats = account.seats {
                contracts += "c\(account.id),\(account.id),1000,EUR,\(account.createdOn),2026-12-31,12,\(seats)\n"
            }
            for day in stride(from: max(first, try DemoWorkspace.day(account.createdOn)), to: end, by: 1)
            where !day.isWeekend {
                for person in 1...account.people {
                    usage += "\(account.id),\(account.isNamed ? "p\(person)" : ""),boards,\(day),3\n"
                }
            }
        }
        try await ImportFixture.load(.accounts, accounts, into: database)
        try await ImportFixture.load(.contracts, contracts, into: database)
        try await ImportFixture.load(.usage, usage, into: database)
        return database
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    /// What an account is compared with: the narrowest group of at least twenty.
    private static func peers(of account: Account) -> [Double] {
        let alike = accounts.filter { $0.basis == account.basis }
        let ofAge = alike.filter { $0.isYoung == account.isYoung }
        let ofSegment = account.segment == nil ? [] : ofAge.filter { $0.segment == account.segment }
        return [ofSegment, ofAge, alike].map { $0.compactMap(\.logRate) }.first { $0.count >= 20 } ?? []
    }

    /// Value, reliability and number of peers; nil without a level. Equal weeks vary less than chance, so that k is at
    /// its least, 0.01.
    private static func expected(_ account: Account) -> (x: Double, c: Double, peers: Int)? {
        let peers = peers(of: account)
        guard let rate = account.logRate, !peers.isEmpty else { return nil }
        let middle = median(peers)
        let deviation = min(3, max(0.2, 1.4826 * median(peers.map { abs($0 - middle) })))
        let weight = deviation * deviation / (deviation * deviation + 1 / (Double(account.count) + 0.5) + 0.01)
        let z = weight * (rate - middle) / deviation
        return (0.5 * erfc(-z / 2.0.squareRoot()), weight, peers.count)
    }

    private static let stored = """
        select concat_ws(
            ' ', signal.account_id, coalesce(signal.usage_level_x::text, 'none'),
            coalesce(signal.usage_level::text, 'none'), coalesce(signal.usage_level_peers::text, 'none'),
            driver.c, driver.mu) as text
        from hale.account_signal_on('\(day)') as signal
        join hale.account_driver_on('\(day)') as driver
            on driver.account_id = signal.account_id and driver.driver = 'usage.level'
        order by signal.account_key
        """

    @Test func `is that of the peers' rates, in the view of signals too`() async throws {
        let database = try await load()
        _ = try await ScoreStage(database).run(asOf: try DemoWorkspace.day(Self.day))
        let rows = try await ImportFixture.texts(Self.stored)
        #expect(rows.count == Self.accounts.count)
        for row in rows {
            let fields = row.split(separator: " ").map(String.init)
            let account = try #require(Self.accounts.first { $0.id == fields[0] })
            #expect(fields[5] == "0.5")
            guard let expected = Self.expected(account) else {
                #expect(fields[1] == "none" && fields[4] == "0", "\(row)")
                continue
            }
            #expect(abs((Double(fields[1]) ?? -1) - expected.x) < 1e-9, "\(row)")
            #expect(abs((Double(fields[4]) ?? -1) - expected.c) < 1e-9, "\(row)")
            #expect(fields[3] == "\(expected.peers)", "\(row)")
            let rate = Double(account.count) / Double(account.seats ?? 1)
            #expect(abs((Double(fields[2]) ?? -1) - rate) < 1e-9, "\(row)")
        }
        // The groups are what they are meant to be.
        let peers = Dictionary(uniqueKeysWithValues: Self.accounts.map { ($0.id, Self.expected($0)?.peers) })
        #expect(peers["e0"] == 25 && peers["m0"] == 30 && peers["y0"] == 33 && peers["s0"] == 22)
        #expect(["q", "n", "z"].allSatisfy { peers[$0] == .some(nil) })
    }

    @Test func `is told in words`() async throws {
        let database = try await load()
        _ = try await ScoreStage(database).run(asOf: try DemoWorkspace.day(Self.day))
        func words(_ account: String) async throws -> String? {
            try await ImportFixture.texts(
                """
                select text
                from hale.account_driver_on('\(Self.day)')
                where driver = 'usage.level' and account_id = '\(account)'
                """
            ).first
        }
        func more(_ id: String) -> String {
            let account = Self.accounts.first { $0.id == id }
            return "more than \(Int(100 * (account.flatMap(Self.expected)?.x ?? -1))) % of"
        }
        // Five people on twenty days and nine seats; two and four; one and nine; two.
        #expect(try await words("e4") == "11 person-days a seat in 28 days, \(more("e4")) enterprise peers")
        #expect(
            try await words("m0") == "10 person-days a seat in 28 days, \(more("m0")) accounts of 90 days or older")
        #expect(try await words("y0") == "2.2 person-days a seat in 28 days, \(more("y0")) all accounts")
        #expect(try await words("s1") == "40 person-days in 28 days, \(more("s1")) accounts of 90 days or older")
        #expect(try await words("q") == "12 units used a seat in 28 days; fewer than 20 peers to compare with")
        #expect(try await words("n") == "0.4 person-days a seat in 4 days, too few to tell a level of use")
        #expect(try await words("z") == "no seat is bought to measure the use by")
    }

    @Test func `of a few accounts stands on the figures of the run of all`() async throws {
        let database = try await load()
        let stage = ScoreStage(database)
        let day = try DemoWorkspace.day(Self.day)
        _ = try await stage.run(asOf: day)
        let first = try await ImportFixture.texts(Self.stored)
        // Usage of three accounts comes in late: their levels move, the peers' figures stay those of the day's full run.
        var late = "account_id,person_id,feature,occurred_at\n"
        for account in ["e20", "e21", "s3"] {
            for person in 20...219 { late += "\(account),p\(person),boards,2026-02-24\n" }
        }
        try await ImportFixture.load(.usage, late, into: database)
        let outcome = try await stage.run(asOf: day, scope: .changed)
        #expect(outcome.keys?.count == 3 && outcome.widening == nil)
        let changed = try await ImportFixture.texts(Self.stored)
        #expect(zip(first, changed).count { $0 != $1 } == 3)
        // A full run given the same figures changes nothing; one that computes them anew does.
        #expect(try await stage.run(asOf: day, scope: .allWithStoredFigures).changes.isEmpty)
        #expect(try await ImportFixture.texts(Self.stored) == changed)
        #expect(try await stage.run(asOf: day).changes.updated > 3)
    }

    @Test func `is what was known`() async throws {
        let database = try await load()
        let day = try DemoWorkspace.day(Self.day)
        let instant = try #require(
            try await ImportFixture.texts("select clock_timestamp()::text as text").first)
        try await ImportFixture.load(
            .usage, "account_id,person_id,feature,occurred_at\ne1,p77,boards,2026-02-24\n", into: database)
        let known = try await KnownAtScore(database).run(asOf: day, knownAt: instant)
        let position = try #require(HealthModel.default.position(of: .level))
        for account in Self.accounts {
            let score = try #require(known.scores.first { $0.accountID == account.id })
            let expected = Self.expected(account)
            #expect((score.readings[position].x == nil) == (expected == nil), "\(account.id)")
            #expect(abs((score.readings[position].x ?? 0) - (expected?.x ?? 0)) < 1e-9, "\(account.id)")
        }
    }
}
