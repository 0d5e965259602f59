import Foundation
public import HaleDomain
public import HaleStore
import Postgres

/// A task with what people want to see beside it.
public struct PlannedTask: Sendable {
    /// The task.
    public let draft: TaskDraft
    /// The account.
    public let account: TaskCandidate
    /// What the renewal probabilities rest on, such as `assumed slope, n = 12`.
    public let basis: String?

    /// Expected value protected, in minor units of the reporting currency.
    public var valueProtectedMinor: Int64 {
        Int64((draft.priority.valueProtected * pow(10, Double(account.minorDigits))).rounded())
    }
}

/// Decides which accounts need somebody's time on a day, and keeps one open task for each.
public struct TaskStage: Sendable {
    private let database: Database
    private let model: HealthModel

    /// A stage on a database.
    public init(_ database: Database, model: HealthModel = .default) {
        self.database = database
        self.model = model
    }

    /// Makes the open tasks equal to what the day calls for, of all accounts or of some; running it again changes
    /// nothing.
    @discardableResult
    public func run(asOf day: Day, accounts: [Int64]? = nil) async throws -> TaskStore.Changes {
        try await database.withConnection { reader in
            try await database.withConnection { writer in
                try await writer.transaction { transaction in
                    let store = TaskStore(transaction)
                    try await store.stage { writer in
                        try await write(asOf: day, accounts: accounts, reader: reader, to: writer)
                    }
                    return try await store.storeStaged(asOf: day, accounts: accounts)
                }
            }
        }
    }

    /// The tasks of a scored day without storing anything; all CSMs', or one's.
    public func plan(asOf day: Day, csm: String?) async throws -> [PlannedTask] {
        try await database.withConnection { connection in
            let keys: [Int64]? = if let csm { try await TaskStore(connection).accounts(of: csm) } else { nil }
            var tasks: [PlannedTask] = []
            try await forEachTask(asOf: day, accounts: keys, on: connection) { tasks += $0 }
            return tasks.sorted { $0.account.accountID < $1.account.accountID }
        }
    }

    private func write(
        asOf day: Day, accounts: [Int64]?, reader: Connection, to writer: CopyWriter
    ) async throws {
        var buffer = BinaryCopyBuffer()
        try await forEachTask(asOf: day, accounts: accounts, on: reader) { tasks in
            for task in tasks { buffer.append(task.draft, basis: task.basis) }
            try await writer.write(buffer.take())
        }
        buffer.finish()
        try await writer.write(buffer.take())
    }

    /// Plans the tasks of one range of accounts after another, so that memory stays bounded.
    private func forEachTask(
        asOf day: Day, accounts: [Int64]?, on connection: Connection, _ body: ([PlannedTask]) async throws -> Void
    ) async throws {
        let store = TaskStore(connection)
        let ladder = try await store.renewalLadder(asOf: day)
        let money = try await store.money()
        let ranges =
            if let accounts { AccountRange.ranges(of: accounts) } else {
                try await FeatureStore(connection).ranges()
            }
        for range in ranges {
            let candidates = try await store.candidates(
                asOf: day, range: range, currency: money.currency, minorDigits: money.minorDigits)
            try await body(candidates.compactMap { task(for: $0, ladder: ladder, asOf: day) })
        }
    }

    private func task(for candidate: TaskCandidate, ladder: RenewalLadder, asOf day: Day) -> PlannedTask? {
        // Nobody is called about a customer who has left, or whose contract has not begun.
        if candidate.contracts.isEmpty, candidate.hasContracts { return nil }
        let contract = AccountContract(candidate.contracts, asOf: day, model: model)
        let isScored = candidate.coverage >= model.composition.minimumCoverage
        let renewal = ladder.account(
            contract, score: isScored ? candidate.score : nil, segment: candidate.segment)
        let account = TaskAccount(
            accountKey: candidate.accountKey, accountID: candidate.accountID, band: candidate.band,
            flags: candidate.flags, contractState: contract.state, noticeGiven: contract.noticeGiven,
            daysToDecision: contract.daysToDecision, decisionOn: contract.decisionOn, urgency: contract.urgency,
            expectedLoss: renewal.expectedLossMinor / pow(10, Double(candidate.minorDigits)))
        guard case .open(let draft) = TaskPlanning.decide(account, asOf: day) else { return nil }
        let labels = renewal.probabilities.compactMap { $0?.label }
        let basis = Array(Set(labels)).sorted().joined(separator: "; ")
        return PlannedTask(draft: draft, account: candidate, basis: basis.isEmpty ? nil : basis)
    }
}
