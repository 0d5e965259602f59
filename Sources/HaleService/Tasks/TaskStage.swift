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

    /// Makes the open tasks equal to what the day calls for; running it again changes nothing.
    @discardableResult
    public func run(asOf day: Day) async throws -> TaskStore.Changes {
        let tasks = try await plan(asOf: day, csm: nil)
        return try await database.withConnection { connection in
            try await connection.transaction { transaction in
                try await TaskStore(transaction).store(tasks.map { ($0.draft, $0.basis) }, asOf: day)
            }
        }
    }

    /// The tasks of a scored day without storing anything; all CSMs', or one's.
    public func plan(asOf day: Day, csm: String?) async throws -> [PlannedTask] {
        try await database.withConnection { connection in
            let store = TaskStore(connection)
            let ladder = RenewalLadder(
                history: try await store.decidedRenewals(before: day),
                scores: try await store.scoreDistribution(asOf: day))
            return try await store.candidates(asOf: day, csm: csm).compactMap { candidate in
                task(for: candidate, ladder: ladder, asOf: day)
            }
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
