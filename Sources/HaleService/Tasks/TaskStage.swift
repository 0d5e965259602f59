import Foundation
package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// A task with what people want to see beside it.
package struct PlannedTask: Sendable {
    /// The task.
    package let draft: TaskDraft
    package let account: TaskCandidate
    /// The band that somebody set for the day, where it holds.
    package let override: BandOverride?
    /// What the renewal probabilities rest on, such as `assumed slope, n = 12`.
    package let basis: String?

    /// The task with its facts.
    fileprivate func explained(by figures: [Int64: TaskFigures], asOf day: Day) -> PlannedTask {
        var draft = draft
        draft.facts = TaskFacts.facts(
            of: draft, named: account.name, figures: figures[account.accountKey] ?? TaskFigures(), asOf: day)
        return PlannedTask(draft: draft, account: account, override: override, basis: basis)
    }

    /// The task as lists show it.
    package var listed: ListedTask {
        ListedTask(
            number: draft.record?.number, origin: draft.origin, accountKey: account.accountKey,
            accountID: account.accountID, accountName: account.name, segment: account.segment, csm: account.csm,
            assignee: nil, capacityMinutes: account.capacityMinutes, band: draft.account.band,
            computedBand: account.band, override: override, title: draft.title, facts: draft.facts,
            reasons: draft.sentences, playbook: draft.playbook?.name, step: draft.due?.step.name ?? "",
            checklist: draft.checklist, minutes: draft.minutes, dueOn: draft.dueOn, openedOn: nil,
            decisionOn: draft.account.decisionOn, daysToDecision: draft.account.daysToDecision,
            urgency: draft.account.urgency, risk: draft.account.risk, saveRate: draft.saveRate,
            isSaveRateAssumed: draft.isSaveRateAssumed,
            priority: draft.priority, basis: basis, isDataTask: draft.isDataTask, isHeldOut: draft.isHeldOut,
            snoozedUntil: nil, former: draft.former?.number, end: nil, closedOn: nil, outcome: nil,
            currency: account.currency, minorDigits: account.minorDigits)
    }

    /// Expected value protected, in minor units of the reporting currency.
    package var valueProtectedMinor: Int64 {
        Int64(nearest: draft.priority.valueProtected * pow(10, Double(account.minorDigits)))
    }
}

/// Decides which accounts need somebody's time on a day, and keeps one open task for each.
package struct TaskStage: Sendable {
    private let database: Database
    private let model: HealthModel
    private let playbooks: PlaybookSet

    /// A stage on a database, with the playbooks that alerts ask for. An account's contracts are read as the model
    /// reads them that scored it; `model` stands in for one of a time when models were no files.
    package init(_ database: Database, model: HealthModel, playbooks: PlaybookSet = PlaybookSet()) {
        self.database = database
        self.model = model
        self.playbooks = playbooks
    }

    /// Makes the open tasks equal to what the day calls for, of all accounts or of some; running it again changes
    /// nothing.
    @discardableResult
    package func run(asOf day: Day, accounts: [Int64]? = nil) async throws -> TaskStore.Changes {
        try await database.withConnection { writer in
            // What a contact completed is no task any more when the rest is planned.
            let completed = try await writer.transaction { transaction in
                let store = TaskStore(transaction)
                try await store.lock()
                return try await store.completeByContact(upTo: day, accounts: accounts)
            }
            return try await writer.transaction { transaction in
                let store = TaskStore(transaction)
                try await store.lock()
                try await store.stage { writer in try await write(asOf: day, accounts: accounts, to: writer) }
                var changes = try await store.storeStaged(asOf: day, accounts: accounts)
                changes.completed = completed
                return changes
            }
        }
    }

    /// Makes an account's open tasks what the newest scored day calls for, after somebody said something about it.
    package func refresh(_ account: String) async throws {
        let found = try await database.withConnection { connection -> (day: Day, key: Int64)? in
            guard let day = try await ScoreCalendar(connection).newest(),
                let key = try await AlertStore(connection).accountKey(of: account)
            else { return nil }
            return (day, key)
        }
        if let found { try await run(asOf: found.day, accounts: [found.key]) }
    }

    /// The tasks of a scored day without storing anything; all CSMs', or one's.
    package func plan(asOf day: Day, csm: String?) async throws -> [PlannedTask] {
        let keys: [Int64]? =
            if let csm {
                try await database.withConnection { try await TaskStore($0).accounts(of: csm, on: day) }
            } else { nil }
        var tasks: [PlannedTask] = []
        try await forEachTask(asOf: day, accounts: keys) { planned, _ in tasks += planned }
        return tasks.sorted { $0.account.accountID < $1.account.accountID }
    }

    private func write(asOf day: Day, accounts: [Int64]?, to writer: CopyWriter) async throws {
        var buffer = BinaryCopyBuffer()
        var performers = TaskPerformers(
            try await database.withConnection { try await TaskStore($0).performers(on: day) })
        try await forEachTask(asOf: day, accounts: accounts) { tasks, assumptions in
            for task in tasks {
                let assignee = task.draft.record == nil ? performers.assign(task.draft) : nil
                buffer.append(
                    task.draft, assignee: assignee, basis: task.basis, assumptions: assumptions)
            }
            try await writer.write(buffer.take())
        }
        buffer.finish()
        try await writer.write(buffer.take())
    }

    /// Plans the tasks of two ranges of accounts after another, each on a connection of its own, so that memory stays
    /// bounded.
    private func forEachTask(
        asOf day: Day, accounts: [Int64]?, _ body: ([PlannedTask], TaskAssumptions) async throws -> Void
    ) async throws {
        try await database.withConnection { first in
            try await database.withConnection { second in
                try await SharedSnapshot(first, second).read {
                    let reading = try await CandidateReading(
                        asOf: day, playbooks: playbooks.all, connections: (first, second))
                    let ranges =
                        if let accounts { AccountRange.ranges(of: accounts) } else {
                            try await FeatureStore(first).ranges()
                        }
                    var candidates = try await reading.candidates(ranges.prefix(2))
                    for index in stride(from: 0, to: ranges.count, by: 2) {
                        let planned = candidates.flatMap {
                            tasks(
                                for: $0, under: reading.models[$0.modelHash] ?? model,
                                override: reading.overrides[$0.accountKey], ladder: reading.ladder, asOf: day,
                                assumptions: reading.assumptions)
                        }
                        let figures = try await reading.figures(of: planned)
                        async let following = reading.candidates(ranges.dropFirst(index + 2).prefix(2))
                        try await body(planned.map { $0.explained(by: figures, asOf: day) }, reading.assumptions)
                        candidates = try await following
                    }
                }
            }
        }
    }

    /// The tasks that an account calls for.
    func tasks(
        for candidate: TaskCandidate, under model: HealthModel, override: BandOverride?, ladder: RenewalLadder,
        asOf day: Day, assumptions: TaskAssumptions
    ) -> [PlannedTask] {
        // Nobody is called about a customer who has left, or whose contract has not begun.
        if candidate.contracts.isEmpty, candidate.hasContracts { return [] }
        let contract = AccountContract(candidate.contracts, asOf: day, model: model)
        let isScored = candidate.coverage >= model.composition.minimumCoverage
        let renewal = ladder.account(
            contract, score: isScored ? candidate.score : nil, segment: candidate.segment,
            dimensionLogOdds: isScored ? candidate.dimensionLogOdds : nil)
        let account = account(candidate, contract, renewal, override: override)
        let labels = renewal.probabilities.compactMap { $0?.label }
        let basis = Array(Set(labels)).sorted().joined(separator: "; ")
        return TaskPlanning.drafts(for: account, playbooks: playbooks.all, asOf: day, assumptions: assumptions).map {
            PlannedTask(draft: $0, account: candidate, override: override, basis: basis.isEmpty ? nil : basis)
        }
    }

    private func account(
        _ candidate: TaskCandidate, _ contract: AccountContract, _ renewal: AccountRenewal, override: BandOverride?
    ) -> TaskAccount {
        let band = BandOverride.apply(
            override?.band, to: candidate.band, exceptions: contract.noticeGiven ? [.noticeGiven] : [])
        let unit = pow(10, Double(candidate.minorDigits))
        var account = TaskAccount(
            accountKey: candidate.accountKey, accountID: candidate.accountID, band: band,
            flags: candidate.flags, contractState: contract.state, noticeGiven: contract.noticeGiven,
            daysToDecision: contract.daysToDecision, decisionOn: contract.decisionOn, urgency: contract.urgency,
            expectedLoss: renewal.expectedLossMinor / unit)
        account.startedOn = candidate.startedOn
        account.segment = candidate.segment
        account.arr = renewal.atStakeMinor / unit
        account.hasPromoter = candidate.hasPromoter
        account.risk = renewal.risk
        account.history = candidate.history
        account.lastContactOn = candidate.lastContactOn
        account.calls = candidate.calls.map { call in
            PlaybookCall(
                rule: call.rule, severity: call.severity, firedOn: call.firedOn, summary: call.summary,
                playbook: playbooks[call.playbook])
        }
        return account
    }
}

/// Reads the accounts that may need somebody's time on a day.
private struct CandidateReading {
    let day: Day
    /// When dated steps may be due.
    let steps: [StepWindow]
    let findsPromoters: Bool
    let connections: (Connection, Connection)
    let ladder: RenewalLadder
    let overrides: [Int64: BandOverride]
    /// The models that scored the day, by their hashes.
    let models: [String: HealthModel]
    let assumptions: TaskAssumptions
    let currency: String?
    let minorDigits: Int

    init(asOf day: Day, playbooks: [Playbook], connections: (Connection, Connection)) async throws {
        self.day = day
        steps = StepWindow.all(playbooks)
        findsPromoters = playbooks.contains { $0.audience.needsPromoter }
        self.connections = connections
        let store = TaskStore(connections.0)
        ladder = try await store.renewalLadder(asOf: day)
        overrides = try await OverrideStore(connections.0).inForce(on: day)
        var models: [String: HealthModel] = [:]
        for hash in try await ScoreStore(connections.0).models(of: day) {
            models[hash] = try await HealthModel.kept(hash: hash, on: connections.0)
        }
        self.models = models
        let settings = SettingStore(connections.0)
        var assumptions = TaskAssumptions(money: try await settings.moneyAssumptions())
        (assumptions.learnt, assumptions.established) = try await store.learnt(before: day)
        self.assumptions = assumptions
        (currency, minorDigits) = try await settings.reportingCurrency()
    }

    /// What the facts of tasks name.
    func figures(of tasks: [PlannedTask]) async throws -> [Int64: TaskFigures] {
        guard !tasks.isEmpty else { return [:] }
        let keys = Set(tasks.map(\.account.accountKey)).sorted()
        return try await TaskFigureStore(connections.0).figures(asOf: day, accounts: keys)
    }

    /// Of two ranges, each on a connection of its own.
    func candidates(_ ranges: ArraySlice<AccountRange>) async throws -> [TaskCandidate] {
        async let other = candidates(ranges.dropFirst().first, on: connections.1)
        let first = try await candidates(ranges.first, on: connections.0)
        return first + (try await other)
    }

    private func candidates(_ range: AccountRange?, on connection: Connection) async throws -> [TaskCandidate] {
        guard let range else { return [] }
        return try await TaskStore(connection).candidates(
            asOf: day, range: range, currency: currency, minorDigits: minorDigits,
            decisionDays: assumptions.decisionDays, contactDays: assumptions.contactCoolDownDays, steps: steps,
            findsPromoters: findsPromoters)
    }
}
