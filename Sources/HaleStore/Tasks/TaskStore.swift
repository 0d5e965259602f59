public import HaleDomain
import HaleSQL
public import Postgres

/// A scored account that may need a task.
public struct TaskCandidate: Sendable {
    /// Key of the account.
    public let accountKey: Int64
    /// The account's id as imported.
    public let accountID: String
    /// Its name.
    public let name: String
    /// Its segment.
    public let segment: String?
    /// E-mail of the responsible CSM.
    public let csm: String?
    /// Minutes the CSM has for tasks in a day.
    public let capacityMinutes: Int
    /// Band after caps.
    public let band: Band
    /// Score of the day.
    public let score: Double
    /// Share of the weight that has data.
    public let coverage: Double
    /// The flags.
    public let flags: RiskFlags
    /// Whether any contract is known, open or not; an account without an open one is then a former customer, or a future one.
    public let hasContracts: Bool
    /// Number of the open task, where there is one.
    public let taskID: Int64?
    /// The reporting currency.
    public let currency: String?
    /// Decimals of its minor unit.
    public let minorDigits: Int
    /// The open contracts.
    public let contracts: [ContractFacts]
}

/// Reads what tasks are planned from, and stores them.
public struct TaskStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// What storing the tasks of a day changed.
    public struct Changes: Sendable, Equatable {
        /// Tasks that are new.
        public let opened: Int
        /// Open tasks whose figures changed.
        public let refreshed: Int
        /// Tasks that nothing calls for any more.
        public let closed: Int
    }

    /// Every scored account of a day; all CSMs', or one's.
    public func candidates(asOf day: Day, csm: String?) async throws -> [TaskCandidate] {
        try await connection.query(Statement(SQL.Tasks.candidates), [day.postgresDate, csm]).map { row in
            TaskCandidate(
                accountKey: try row.decode("account_id"), accountID: try row.decode("external_id"),
                name: try row.decode("name"), segment: try row.decodeIfPresent("segment"),
                csm: try row.decodeIfPresent("csm"),
                capacityMinutes: Int(try row.decode("capacity_minutes", as: Int32.self)),
                band: Band(rawValue: try row.decode("band")) ?? .unknown, score: try row.decode("score"),
                coverage: try row.decode("coverage"), flags: try row.riskFlags(),
                hasContracts: try row.decode("has_contracts"), taskID: try row.decodeIfPresent("task_id"),
                currency: try row.decodeIfPresent("currency"),
                minorDigits: Int(try row.decodeIfPresent("minor_digits", as: Int32.self) ?? 2),
                contracts: try row.contractFacts())
        }
    }

    /// Mean and spread of the scores of a day.
    public func scoreDistribution(asOf day: Day) async throws -> ScoreDistribution {
        let rows = try await connection.query(Statement(SQL.Tasks.scoreDistribution), [day.postgresDate])
        guard let row = rows.first else { return ScoreDistribution(scores: []) }
        return ScoreDistribution(
            mean: try row.decodeIfPresent("score_mean") ?? 0,
            deviation: try row.decodeIfPresent("score_deviation") ?? 0,
            accounts: Int(try row.decode("scored_accounts", as: Int32.self)))
    }

    /// Renewals decided before a day, by segment.
    public func decidedRenewals(before day: Day) async throws -> [String?: SegmentCounts] {
        var history: [String?: SegmentCounts] = [:]
        for row in try await connection.query(Statement(SQL.Scores.decidedBySegment), [day.postgresDate]) {
            history[try row.decodeIfPresent("segment", as: String.self)] = SegmentCounts(
                renewed: Int(try row.decode("renewed", as: Int32.self)),
                decided: Int(try row.decode("decided", as: Int32.self)))
        }
        return history
    }

    /// Whether a CSM was imported.
    public func knows(csm: String) async throws -> Bool {
        try await connection.query(Statement(SQL.Tasks.knownCsm), [csm]).first?.decode("is_known") ?? false
    }

    /// Makes the open tasks equal to those of a day. Runs in a transaction of the caller.
    public func store(_ tasks: [(draft: TaskDraft, basis: String?)], asOf day: Day) async throws -> Changes {
        try await connection.script(Statement(SQL.Tasks.staging))
        var buffer = BinaryCopyBuffer()
        for task in tasks { buffer.append(task.draft, basis: task.basis) }
        buffer.finish()
        let bytes = buffer.take()
        _ = try await connection.copyIn(Statement(SQL.Tasks.copyStaged)) { try await $0.write(bytes) }
        guard let row = try await connection.query(Statement(SQL.Tasks.storeDay), [day.postgresDate]).first else {
            return Changes(opened: 0, refreshed: 0, closed: 0)
        }
        return Changes(
            opened: Int(try row.decode("opened", as: Int64.self)),
            refreshed: Int(try row.decode("refreshed", as: Int64.self)),
            closed: Int(try row.decode("closed", as: Int64.self)))
    }
}

extension BinaryCopyBuffer {
    /// Appends a task as a row of `tasks/staging`.
    fileprivate mutating func append(_ task: TaskDraft, basis: String?) {
        beginRow(fieldCount: 14)
        append(task.account.accountKey)
        append(task.title)
        append(task.isDataTask)
        append(Int32(task.minutes))
        append(task.dueOn.postgresDate)
        append(task.sentences)
        append(task.account.band.rawValue)
        append(task.account.daysToDecision.map { Int32($0) })
        append(task.account.urgency)
        append(task.account.expectedLoss)
        append(task.priority.valueProtected)
        append(task.priority.net)
        append(task.priority.score)
        append(basis)
    }
}
