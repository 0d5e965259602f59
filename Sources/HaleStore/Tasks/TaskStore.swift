package import HaleDomain
import HaleSQL
package import Postgres

/// A scored account that may need a task.
package struct TaskCandidate: Sendable {
    /// A firing alert of the account that asks for a playbook.
    package struct Call: Sendable, Hashable {
        package let rule: String
        /// How grave it is.
        package let severity: AlertSeverity
        /// The day on which it fired.
        package let firedOn: Day
        /// The name of the playbook.
        package let playbook: String
        /// The alert in words.
        package let summary: String?
    }

    package let accountKey: Int64
    /// The account's id as imported.
    package let accountID: String
    package let name: String
    package let segment: String?
    /// E-mail of the responsible CSM.
    package let csm: String?
    /// Minutes the CSM has for tasks in a day.
    package let capacityMinutes: Int
    /// Hash of the model that scored it.
    package let modelHash: String
    /// Band after caps, before overrides.
    package var band: Band
    /// Score of the day.
    package var score: Double
    /// Share of the weight that has data.
    package var coverage: Double
    package var flags: RiskFlags
    /// Whether any contract is known, open or not; an account without an open one is then a former customer, or a future one.
    package let hasContracts: Bool
    /// The day on which it was created or its first contract began; nil where neither is known.
    package let startedOn: Day?
    /// Whether somebody's newest NPS answer is a promoter's; asked only where a playbook is for those.
    package let hasPromoter: Bool
    /// The reporting currency.
    package let currency: String?
    /// Decimals of its minor unit.
    package let minorDigits: Int
    /// The open contracts.
    package var contracts: [ContractFacts]
    /// Rung 3 of the ladder: what the points of the drivers come to.
    package var dimensionLogOdds: Double?
    /// The alerts that ask for a playbook.
    package var calls: [Call] = []
    /// Its tasks, as far as they count on the day.
    package var history: [TaskRecord] = []
    /// The last day on which one of us was in touch with it; nil for none of the days that count.
    package var lastContactOn: Day?
}

/// A dated step as the reading of candidates is given it: the days, counted from its anchor, on which it may be due.
package struct StepWindow: Sendable, Hashable {
    package let anchor: PlayAnchor
    package let days: ClosedRange<Int>

    /// The windows of all dated steps of some playbooks.
    package static func all(_ playbooks: [Playbook]) -> [StepWindow] {
        playbooks.flatMap { playbook in
            playbook.plan.map {
                StepWindow(anchor: $0.at.anchor, days: StepPlanning.window(of: $0, in: playbook))
            }
        }
    }
}

/// Reads what tasks are planned from, and stores them.
package struct TaskStore: Sendable {
    let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What storing the tasks of a day changed.
    package struct Changes: Sendable, Equatable {
        /// Tasks that are new.
        package let opened: Int
        /// Open tasks whose figures changed.
        package let refreshed: Int
        /// Tasks that nothing calls for any more.
        package let closed: Int
        /// Snoozed tasks that became pressing.
        package var woken = 0
        /// Tasks that a contact completed.
        package var completed = 0
    }

    /// The keys of the accounts that a CSM is responsible for on a day.
    package func accounts(of csm: String, on day: Day) async throws -> [Int64] {
        try await connection.query(Statement(SQL.Tasks.csmAccounts), [day.postgresDate, csm]).map {
            try $0.decode("account_id")
        }
    }

    /// The scored accounts of a range on a day that may need somebody's time, with their open contracts.
    package func candidates(
        asOf day: Day, range: AccountRange, currency: String?, minorDigits: Int, decisionDays: Int,
        contactDays: Int = TaskAssumptions().contactCoolDownDays, steps: [StepWindow] = [], findsPromoters: Bool = false
    ) async throws -> [TaskCandidate] {
        let keys: [(any PostgresEncodable)?] = [day.postgresDate, range.first, range.last, range.keys]
        try await connection.script(Statement(SQL.Score.forbidLoops))
        let table = try await connection.table(
            Statement(SQL.Tasks.candidates),
            keys + [
                Int32(decisionDays), steps.map(\.anchor.rawValue), steps.map { Int32($0.days.lowerBound) },
                steps.map { Int32($0.days.upperBound) }, Int32(StepPlanning.quarterDays), findsPromoters,
            ])
        try await connection.script(Statement(SQL.Score.allowLoops))
        var contracts = try ContractRows(try await connection.table(Statement(SQL.Features.contracts), keys))
        let columns = try CandidateColumns(table, currency: currency, minorDigits: minorDigits)
        let calls = try await calls(keys)
        let history = try await history(keys)
        var candidates = (0..<table.count).map { row in
            var candidate = columns.candidate(row, contracts: &contracts)
            candidate.calls = calls[candidate.accountKey] ?? []
            candidate.history = history[candidate.accountKey] ?? []
            return candidate
        }
        let accounts = candidates.map(\.accountKey)
        let contacts = try await lastContacts(asOf: day, accounts: accounts, days: contactDays)
        let next = try await nextRenewals(asOf: day, accounts: accounts)
        for index in candidates.indices {
            candidates[index].lastContactOn = contacts[candidates[index].accountKey]
            for position in candidates[index].contracts.indices {
                guard let renewal = next[candidates[index].contracts[position].contractKey] else { continue }
                candidates[index].contracts[position].term = renewal.term
                candidates[index].contracts[position].renewalNumber = renewal.number
            }
        }
        return candidates
    }

    private func nextRenewals(
        asOf day: Day, accounts: [Int64]
    ) async throws -> [Int64: (term: RenewalTerm, number: Int)] {
        let table = try await connection.table(
            Statement(SQL.Tasks.nextRenewals), [day.postgresDate, accounts])
        let contract = try table.integers("contract_id")
        let term = try table.integers("term")
        let number = try table.integers("renewal_number")
        var renewals: [Int64: (term: RenewalTerm, number: Int)] = [:]
        for row in 0..<table.count {
            renewals[Int64(contract[row] ?? 0)] = (RenewalTerm(months: term[row]), number[row] ?? 1)
        }
        return renewals
    }

    private func calls(_ keys: [(any PostgresEncodable)?]) async throws -> [Int64: [TaskCandidate.Call]] {
        var calls: [Int64: [TaskCandidate.Call]] = [:]
        for row in try await connection.query(Statement(SQL.Tasks.calls), keys) {
            let call = TaskCandidate.Call(
                rule: try row.decode("rule"), severity: try row.decode("severity"),
                firedOn: try row.day("fired_on"), playbook: try row.decode("playbook"),
                summary: try row.decodeIfPresent("summary"))
            calls[try row.decode("account_id"), default: []].append(call)
        }
        return calls
    }

    private func history(_ keys: [(any PostgresEncodable)?]) async throws -> [Int64: [TaskRecord]] {
        var history: [Int64: [TaskRecord]] = [:]
        for row in try await connection.query(Statement(SQL.Tasks.history), keys) {
            let record = TaskRecord(
                number: try row.decode("task_id"), origin: try row.decode("origin"),
                playbook: try row.decode("playbook"), step: try row.decode("step"),
                occasion: try row.dayIfPresent("occasion"), keys: try row.decode("keys"),
                closedOn: try row.dayIfPresent("closed_on"), end: try row.decodeIfPresent("closed_reason"),
                blocksUntil: try row.dayIfPresent("blocks_until"), isHeldOut: try row.decode("is_held_out"))
            history[try row.decode("account_id"), default: []].append(record)
        }
        return history
    }

    /// What the renewal probabilities of a day rest on: its formula, and its scores. Before a formula was fitted the rates
    /// of the decided renewals count.
    package func renewalLadder(asOf day: Day) async throws -> RenewalLadder {
        let store = CalibrationStore(connection)
        let formula = try await formula(asOf: day)
        return RenewalLadder(
            formula: formula, scores: try await scores(asOf: day),
            meanDimensionLogOdds: try await store.meanDimensionLogOdds(of: formula, asOf: day))
    }

    /// What turns scores into renewal probabilities on a day.
    package func formula(asOf day: Day) async throws -> RenewalFormula {
        if let formula = try await CalibrationStore(connection).formula(asOf: day) { return formula }
        return RenewalFormula(decided: try await CalibrationStore(connection).decisions(before: day))
    }

    private func scores(asOf day: Day) async throws -> ScoreDistribution {
        guard let row = try await connection.query(Statement(SQL.Tasks.portfolio), [day.postgresDate]).first else {
            return ScoreDistribution(scores: [])
        }
        return ScoreDistribution(
            mean: try row.decodeIfPresent("score_mean") ?? 0,
            deviation: try row.decodeIfPresent("score_deviation") ?? 0,
            accounts: Int(try row.decode("scored_accounts", as: Int32.self)))
    }

    /// Whether a CSM was imported.
    package func knows(csm: String) async throws -> Bool {
        try await connection.query(Statement(SQL.Tasks.knownCsm), [csm]).first?.decode("is_known") ?? false
    }

    /// Streams the tasks of a day into the staging table; `body` is given what writes them.
    package func stage(_ body: (CopyWriter) async throws -> Void) async throws {
        try await connection.script(Statement(SQL.Tasks.staging))
        _ = try await connection.copyIn(Statement(SQL.Tasks.copyStaged), body)
    }

    /// Makes the open tasks equal to the staged ones, of all accounts or of those looked at. Runs in a transaction of the
    /// caller.
    package func storeStaged(asOf day: Day, accounts: [Int64]?) async throws -> Changes {
        let rows = try await connection.query(Statement(SQL.Tasks.storeDay), [day.postgresDate, accounts])
        guard let row = rows.first else { return Changes(opened: 0, refreshed: 0, closed: 0) }
        return Changes(
            opened: Int(try row.decode("opened", as: Int64.self)),
            refreshed: Int(try row.decode("refreshed", as: Int64.self)),
            closed: Int(try row.decode("closed", as: Int64.self)),
            woken: Int(try row.decode("woken", as: Int64.self)))
    }

    /// Waits until nobody else changes tasks; freed with the transaction.
    package func lock() async throws { _ = try await connection.query(Statement(SQL.Tasks.lock)) }

    /// Completes the tasks that a contact up to a day completes, of all accounts or of some; returns how many.
    package func completeByContact(upTo day: Day, accounts: [Int64]?) async throws -> Int {
        let row = try await connection.query(Statement(SQL.Tasks.completeByContact), [day.postgresDate, accounts]).first
        return Int(try row?.decode("completed", as: Int64.self) ?? 0)
    }
}

/// The columns of `tasks/candidates`.
private struct CandidateColumns {
    private let key: IntegerColumn
    private let externalID: TextColumn
    private let name: TextColumn
    private let segment: TextColumn
    private let csm: TextColumn
    private let capacityMinutes: IntegerColumn
    private let model: TextColumn
    private let band: [Band?]
    private let score: DoubleColumn
    private let coverage: DoubleColumn
    private let flags: FlagColumns
    private let startedOn: DateColumn
    private let hasPromoter: BooleanColumn
    private let dimensionLogOdds: DoubleColumn
    private let currency: String?
    private let minorDigits: Int

    init(_ table: RowTable, currency: String?, minorDigits: Int) throws {
        key = try table.integers("account_id")
        externalID = try table.texts("external_id")
        name = try table.texts("name")
        segment = try table.texts("segment")
        csm = try table.texts("csm")
        capacityMinutes = try table.integers("capacity_minutes")
        model = try table.texts("model_hash")
        band = try table.words("band")
        score = try table.doubles("score")
        coverage = try table.doubles("coverage")
        flags = try FlagColumns(table)
        startedOn = try table.dates("started_on")
        hasPromoter = try table.booleans("has_promoter")
        dimensionLogOdds = try table.doubles("dimension_log_odds")
        self.currency = currency
        self.minorDigits = minorDigits
    }

    func candidate(_ row: Int, contracts: inout ContractRows) -> TaskCandidate {
        let account = Int64(key[row] ?? 0)
        let known = contracts.next(account)
        return TaskCandidate(
            accountKey: account, accountID: externalID[row] ?? "", name: name[row] ?? "", segment: segment[row],
            csm: csm[row], capacityMinutes: capacityMinutes[row] ?? 0, modelHash: model[row] ?? "",
            band: band[row] ?? .unknown, score: score[row] ?? 0, coverage: coverage[row] ?? 0,
            flags: flags[row], hasContracts: known.isAny, startedOn: startedOn[row].map { Day(daysSince2000: $0) },
            hasPromoter: hasPromoter[row] ?? false,
            currency: currency, minorDigits: minorDigits, contracts: known.open, dimensionLogOdds: dimensionLogOdds[row]
        )
    }
}

extension BinaryCopyBuffer {
    /// Appends a task as a row of `tasks/staging`.
    package mutating func append(_ task: TaskDraft, assignee: Int64?, basis: String?, assumptions: TaskAssumptions) {
        beginRow(fieldCount: 36)
        append(task.account.accountKey)
        append(task.record?.number)
        append(task.origin)
        append(task.playbook?.name)
        append(task.due?.step.name ?? "")
        append((task.record?.occasion ?? task.due?.occasion)?.postgresDate)
        append(task.due?.opensOn.postgresDate)
        append(task.due?.lapsesOn.postgresDate)
        append(task.title)
        append(task.isDataTask)
        append(Int32(task.minutes))
        append(task.dueOn.postgresDate)
        append(task.sentences)
        append(task.facts)
        append(task.keys)
        append(task.account.band)
        append(task.account.daysToDecision.map { Int32($0) })
        append(task.account.decisionOn?.postgresDate)
        append(task.account.urgency)
        append(task.account.expectedLoss)
        append(task.account.risk)
        append(task.priority.valueProtected)
        append(task.priority.net)
        append(task.priority.score)
        append(task.saveRate == assumptions.money.saveRate ? nil : task.saveRate)
        append(task.isSaveRateAssumed)
        append(basis)
        append(task.completedBy.map(\.rawValue).sorted())
        append(Int32(task.coolDownDays(assumptions)))
        append(task.performer.description)
        append(task.checklist)
        append(assignee)
        append(task.isHeldOut)
        append(task.former?.number)
        append(task.account.flags.cliffSince?.postgresDate)
        append(task.account.noticeGiven)
    }
}

extension TaskStore {
    /// Takes back what a day did to tasks; `former` is the newest scored day before it. Returns how many go, and how many
    /// are open again.
    package func forget(_ day: Day, after former: Day?) async throws -> (removed: Int, reopened: Int) {
        let removed = try await connection.query(
            Statement(SQL.Tasks.forgetDay), [day.postgresDate, former?.postgresDate]
        ).first?.decode("removed", as: Int64.self)
        let reopened = try await connection.query(Statement(SQL.Tasks.reopenDay), [day.postgresDate]).first?
            .decode("reopened", as: Int64.self)
        return (Int(removed ?? 0), Int(reopened ?? 0))
    }
}
