package import HaleDomain
import HaleSQL
package import Postgres

/// An account's facts before a day but what it and its people did, and where its smoothing stood.
package struct AccountDay: Sendable {
    /// What the score follows from; start, usage, active people and champion are to be filled in.
    package var features: AccountFeatures
    /// The newest earlier stored day of the same model; nil for a first day.
    package let previous: ScoreState?
}

/// What the facts of a day are read with.
package struct FactsQuery: Sendable {
    /// The day; facts before it count.
    package let asOf: Day
    /// The newest stored earlier day, whose smoothing is continued; nil for a first day.
    package let previousDay: Day?
    /// Hash of the model whose days are continued.
    package let modelHash: String
    package let keyFeatures: [Int64]
    /// Days over which used features are counted.
    package let featureDays: Int

    /// What the facts of a day are read with.
    package init(asOf: Day, previousDay: Day?, modelHash: String, keyFeatures: [Int64], featureDays: Int) {
        self.asOf = asOf
        self.previousDay = previousDay
        self.modelHash = modelHash
        self.keyFeatures = keyFeatures
        self.featureDays = featureDays
    }

    /// Reads the accounts of a range in order of their keys: one statement per family of facts, merged by account. Half
    /// of them run on the second connection, beside the others; contracts where the other has states to read.
    package func accounts(
        _ range: AccountRange, on connection: Connection, beside second: Connection
    ) async throws -> [AccountDay] {
        let keys: [(any PostgresEncodable)?] = [asOf.postgresDate, range.first, range.last, range.keys]
        async let half = accounts(keys, withContracts: previousDay != nil, on: second)
        var responses = try ResponseRows(try await connection.table(Statement(SQL.Features.responses), keys))
        var states: StateRows?
        if let previousDay {
            states = try StateRows(
                try await connection.table(
                    Statement(SQL.Features.states),
                    [previousDay.postgresDate, range.first, range.last, range.keys, modelHash]),
                day: previousDay)
        }
        let pulses = try await JudgementStore(connection).pulses(asOf: asOf, range: range)
        var contractTable: RowTable?
        if previousDay == nil { contractTable = try await connection.table(Statement(SQL.Features.contracts), keys) }
        let (accounts, otherContracts) = try await half
        guard let known = contractTable ?? otherContracts else {
            throw StoreError.unreadableRow("no contracts were read")
        }
        var contracts = try ContractRows(known)
        let columns = try AccountColumns(accounts)
        var result: [AccountDay] = []
        result.reserveCapacity(accounts.count)
        for row in 0..<accounts.count {
            var features = columns.features(row)
            let key = features.accountKey
            let known = contracts.next(key)
            features.contracts = known.open
            features.seats = known.seats
            features.responses = responses.next(key)
            features.pulse = pulses[key]
            result.append(AccountDay(features: features, previous: states?.next(key)))
        }
        return result
    }

    private func accounts(
        _ keys: [(any PostgresEncodable)?], withContracts: Bool, on connection: Connection
    ) async throws -> (accounts: RowTable, contracts: RowTable?) {
        let accounts = try await connection.table(
            Statement(SQL.Features.accounts), keys + [keyFeatures, Int32(featureDays)])
        return (accounts, withContracts ? try await connection.table(Statement(SQL.Features.contracts), keys) : nil)
    }
}

/// The columns of `features/accounts`.
private struct AccountColumns {
    private let key: IntegerColumn
    private let externalID: TextColumn
    private let segment: TextColumn
    private let country: TextColumn
    private let features: IntegerColumn
    private let tickets: [IntegerColumn]
    private let overdueDays: IntegerColumn

    init(_ table: RowTable) throws {
        key = try table.integers("account_id")
        externalID = try table.texts("external_id")
        segment = try table.texts("segment")
        country = try table.texts("country")
        features = try table.integers("key_features_used")
        tickets = try ["open_p1", "open_p2", "open_p3"].map { try table.integers($0) }
        overdueDays = try table.integers("overdue_days")
    }

    func features(_ row: Int) -> AccountFeatures {
        AccountFeatures(
            accountKey: Int64(key[row] ?? 0), accountID: externalID[row] ?? "", country: country[row],
            segment: segment[row], keyFeaturesUsed: features[row] ?? 0,
            openTickets: OpenTickets(
                priority1: tickets[0][row] ?? 0, priority2: tickets[1][row] ?? 0, priority3: tickets[2][row] ?? 0),
            overdueDays: overdueDays[row])
    }
}

/// The rows of `features/responses`, one account after another.
private struct ResponseRows {
    private let key: IntegerColumn
    private let score: IntegerColumn
    private let role: [PersonRole?]
    private let ageDays: IntegerColumn
    private let count: Int
    private var row = 0

    init(_ table: RowTable) throws {
        key = try table.integers("account_id")
        score = try table.integers("score")
        role = try table.words("role")
        ageDays = try table.integers("age_days")
        count = table.count
    }

    mutating func next(_ account: Int64) -> [NPSResponse] {
        while row < count, let other = key[row], other < account { row += 1 }
        var responses: [NPSResponse] = []
        while row < count, let other = key[row], other == account {
            responses.append(
                NPSResponse(
                    score: score[row] ?? -1, role: role[row] ?? .unknown,
                    ageDays: ageDays[row] ?? -1))
            row += 1
        }
        return responses
    }
}
