public import HaleDomain
import HaleSQL
public import Postgres

/// An account's facts before a day but its usage, and where its smoothing stood.
public struct AccountDay: Sendable {
    /// What the score follows from; the usage is to be filled in.
    public var features: AccountFeatures
    /// The newest earlier stored day of the same model; nil for a first day.
    public let previous: ScoreState?
}

/// What the facts of a day are read with.
public struct FactsQuery: Sendable {
    /// The day; facts before it count.
    public let asOf: Day
    /// The newest stored earlier day, whose smoothing is continued; nil for a first day.
    public let previousDay: Day?
    /// Hash of the model whose days are continued.
    public let modelHash: String
    /// The key features.
    public let keyFeatures: [Int64]
    /// Days in which a champion's activity is looked for.
    public let lookbackDays: Int

    /// What the facts of a day are read with.
    public init(asOf: Day, previousDay: Day?, modelHash: String, keyFeatures: [Int64], lookbackDays: Int) {
        self.asOf = asOf
        self.previousDay = previousDay
        self.modelHash = modelHash
        self.keyFeatures = keyFeatures
        self.lookbackDays = lookbackDays
    }

    /// Reads the accounts of a range in order of their keys: one statement per family of facts, merged by account. The
    /// longest of them runs on the second connection, beside the others.
    public func accounts(
        _ range: AccountRange, on connection: Connection, beside second: Connection
    ) async throws -> [AccountDay] {
        let keys: [(any PostgresEncodable)?] = [asOf.postgresDate, range.first, range.last, range.keys]
        let firstDay = asOf - lookbackDays
        async let longest = second.table(Statement(SQL.Features.accounts), keys + [keyFeatures])
        var contracts = try ContractRows(try await connection.table(Statement(SQL.Features.contracts), keys))
        var responses = try ResponseRows(try await connection.table(Statement(SQL.Features.responses), keys))
        var champions = try ChampionRows(
            try await connection.table(Statement(SQL.Features.champions), keys + [firstDay.postgresDate]),
            firstDay: firstDay, asOf: asOf)
        var states: StateRows?
        if let previousDay {
            states = try StateRows(
                try await connection.table(
                    Statement(SQL.Features.states),
                    [previousDay.postgresDate, range.first, range.last, range.keys, modelHash]),
                day: previousDay)
        }
        let accounts = try await longest
        let columns = try AccountColumns(accounts)
        var result: [AccountDay] = []
        result.reserveCapacity(accounts.count)
        for row in 0..<accounts.count {
            var features = columns.features(row)
            let key = features.accountKey
            let known = contracts.next(key)
            features.contracts = known.open
            features.seats = known.seats
            features.startedOn = [columns.createdOn(row), known.startsOn].compactMap { $0 }.min()
            features.responses = responses.next(key)
            features.champion = champions.next(key)
            result.append(AccountDay(features: features, previous: states?.next(key)))
        }
        return result
    }
}

/// The columns of `features/accounts`.
private struct AccountColumns {
    private let key: IntegerColumn
    private let externalID: TextColumn
    private let segment: TextColumn
    private let country: TextColumn
    private let created: DateColumn
    private let people: IntegerColumn
    private let features: IntegerColumn
    private let tickets: [IntegerColumn]
    private let overdueDays: IntegerColumn

    init(_ table: RowTable) throws {
        key = try table.integers("account_id")
        externalID = try table.texts("external_id")
        segment = try table.texts("segment")
        country = try table.texts("country")
        created = try table.dates("created_on")
        people = try table.integers("active_people_28d")
        features = try table.integers("key_features_used_28d")
        tickets = try ["open_p1", "open_p2", "open_p3"].map { try table.integers($0) }
        overdueDays = try table.integers("overdue_days")
    }

    func createdOn(_ row: Int) -> Day? { created[row].map { Day(daysSince2000: $0) } }

    func features(_ row: Int) -> AccountFeatures {
        AccountFeatures(
            accountKey: Int64(key[row] ?? 0), accountID: externalID[row] ?? "", country: country[row],
            segment: segment[row], activePeople28d: people[row] ?? 0, keyFeaturesUsed28d: features[row] ?? 0,
            openTickets: OpenTickets(
                priority1: tickets[0][row] ?? 0, priority2: tickets[1][row] ?? 0, priority3: tickets[2][row] ?? 0),
            overdueDays: overdueDays[row])
    }
}

/// The rows of `features/responses`, one account after another.
private struct ResponseRows {
    private let key: IntegerColumn
    private let score: IntegerColumn
    private let role: TextColumn
    private let ageDays: IntegerColumn
    private let count: Int
    private var row = 0

    init(_ table: RowTable) throws {
        key = try table.integers("account_id")
        score = try table.integers("score")
        role = try table.texts("role")
        ageDays = try table.integers("age_days")
        count = table.count
    }

    mutating func next(_ account: Int64) -> [NPSResponse] {
        while row < count, let other = key[row], other < account { row += 1 }
        var responses: [NPSResponse] = []
        while row < count, let other = key[row], other == account {
            responses.append(
                NPSResponse(
                    score: score[row] ?? -1, role: role[row].flatMap(PersonRole.init) ?? .unknown,
                    ageDays: ageDays[row] ?? -1))
            row += 1
        }
        return responses
    }
}

/// The rows of `features/champions`, one account after another.
private struct ChampionRows {
    private let key: IntegerColumn
    private let person: IntegerColumn
    private let hasLeft: BooleanColumn
    private let firstDayOfBits: DateColumn
    private let bits: IntegerColumn
    private let count: Int
    private let firstDay: Day
    private let asOf: Day
    private var row = 0

    init(_ table: RowTable, firstDay: Day, asOf: Day) throws {
        key = try table.integers("account_id")
        person = try table.integers("person_id")
        hasLeft = try table.booleans("has_left")
        firstDayOfBits = try table.dates("first_day")
        bits = try table.integers("days")
        count = table.count
        self.firstDay = firstDay
        self.asOf = asOf
    }

    /// The most recently active champion who has not left; the first imported of those who are equal.
    mutating func next(_ account: Int64) -> ChampionActivity {
        while row < count, let other = key[row], other < account { row += 1 }
        var chosen: (last: Int?, days: DaySet)?
        var isAny = false
        while row < count, let other = key[row], other == account {
            let number = person[row]
            let isGone = hasLeft[row] ?? false
            // The statement begins with a whole month, so that a little more than the look-back is known.
            var days = DaySet(days: asOf - firstDay + 31)
            while row < count, key[row] == other, person[row] == number {
                if let first = firstDayOfBits[row] { insert(bits[row], from: Day(daysSince2000: first), into: &days) }
                row += 1
            }
            isAny = true
            let last = days.newest
            guard !isGone, chosen.map({ isLater(last, than: $0.last) }) ?? true else { continue }
            chosen = (last, days)
        }
        guard let chosen else { return isAny ? .allLeft : .noneAssigned }
        return .active(days: chosen.days.days(before: asOf).filter { $0 >= firstDay })
    }

    private func insert(_ bits: Int?, from first: Day, into days: inout DaySet) {
        var mask = UInt32(truncatingIfNeeded: bits ?? 0)
        while mask != 0 {
            days.insert(daysBefore: asOf - (first + mask.trailingZeroBitCount))
            mask &= mask - 1
        }
    }

    /// Whether a day, given in days before, is later than another.
    private func isLater(_ daysBefore: Int?, than other: Int?) -> Bool {
        guard let daysBefore else { return false }
        return other.map { daysBefore < $0 } ?? true
    }
}
