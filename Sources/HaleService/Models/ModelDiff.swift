package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// What another model would change on a day: the whole portfolio scored under both, as on a first day.
package struct ModelDiff: Sendable {
    /// One account under both.
    package struct Account: Sendable {
        /// The account's id as imported.
        package let accountID: String
        /// Its name; the id where it was never scored.
        package var name: String
        /// ARR of its live contracts [minor units of the reporting currency].
        package let arrMinor: Int64
        /// Score now and then.
        package let score: (before: Double, after: Double)
        /// Band now and then, after exceptions.
        package let band: (before: Band, after: Band)
        /// The model now and then.
        package let model: (before: String, after: String)
        /// The driver that moves the score most in the direction in which it goes, with its points; or the baseline.
        package let driver: (name: String, points: Double)?
        /// What the task of the account would be, now and then; nil for none.
        package var task: (before: String?, after: String?) = (nil, nil)
        /// The rules whose conditions would begin to hold, and those whose conditions would hold no more.
        package var alerts: (opened: [String], closed: [String]) = ([], [])

        /// What the score would gain.
        package var change: Double { score.after - score.before }
        /// Whether the band changes.
        package var changesBand: Bool { band.before != band.after }
        /// Whether a task opens or closes.
        package var changesTask: Bool { (task.before == nil) != (task.after == nil) }
        /// Whether anything changes.
        package var isChanged: Bool { abs(change) > 1e-9 || changesBand || changesTask || changesAlerts }
        /// Whether an alert would open or close.
        package var changesAlerts: Bool { !alerts.opened.isEmpty || !alerts.closed.isEmpty }
    }

    package let day: Day
    /// The accounts that change, the largest change of score first.
    package let changed: [Account]
    /// All accounts compared.
    package let accounts: Int
    /// The reporting currency; nil where there is none.
    package let currency: String?
    /// Whether tasks could be compared, which needs a day that was scored.
    package let comparesTasks: Bool
    /// Whether smoothing or the deadband differ, which one day does not show.
    package let changesSmoothing: Bool
    /// Rules that could not be evaluated, for some accounts or at all: of those alerts are not compared.
    package let complaints: [RuleComplaint]

    /// ARR of the accounts that change band [minor units].
    package var arrMovedMinor: Int64 { changed.lazy.filter(\.changesBand).map(\.arrMinor).boundedSum() }

    /// Compares the models in force with the same models and another one, and what the rules would make of both.
    package static func run(
        _ database: Database, from old: ModelSet, to new: ModelSet, day: Day, rules: RuleLibrary = RuleLibrary()
    ) async throws -> ModelDiff {
        try await database.withConnection { reader in
            try await database.withConnection { second in
                try await SharedSnapshot(reader, second).read {
                    try await Comparison(
                        day: day, old: old, new: new, rules: rules, readers: ScoreReaders(reader, second),
                        database: database
                    ).run()
                }
            }
        }
    }
}

/// The work of a comparison, inside one snapshot of the database.
private struct Comparison {
    typealias Result = ScoreTrial.Result

    let day: Day
    let old: ModelSet
    let new: ModelSet
    let rules: RuleLibrary
    let readers: ScoreReaders
    let database: Database

    func run() async throws -> ModelDiff {
        let before = try await ScoreTrial(old, readers: readers).results(on: day)
        let after = try await ScoreTrial(new, readers: readers).results(on: day)
        var accounts = zip(before, after).map(compare)
        let money = try await SettingStore(readers.first).reportingCurrency()
        let tasksBefore = try await tasks(before, of: old)
        let tasksAfter = try await tasks(after, of: new)
        for (index, result) in before.enumerated() {
            accounts[index].name = tasksBefore[result.account]?.name ?? result.accountID
            accounts[index].task = (tasksBefore[result.account]?.title, tasksAfter[result.account]?.title)
        }
        var complaints: [RuleComplaint] = []
        if !tasksBefore.isEmpty {
            let alerts = try await AlertTrial(database: database, library: rules, day: day).run(
                before: before.map { ($0, old.primary[$0.model]) }, after: after.map { ($0, new.primary[$0.model]) })
            for index in accounts.indices { accounts[index].alerts = alerts.changes[before[index].account] ?? ([], []) }
            complaints = alerts.complaints
        }
        let changed = accounts.filter(\.isChanged).sorted { left, right in
            abs(left.change) != abs(right.change)
                ? abs(left.change) > abs(right.change) : left.accountID < right.accountID
        }
        return ModelDiff(
            day: day, changed: changed, accounts: accounts.count, currency: money.currency,
            comparesTasks: !tasksBefore.isEmpty, changesSmoothing: changesSmoothing,
            complaints: complaints)
    }

    private var changesSmoothing: Bool {
        let names = Dictionary(uniqueKeysWithValues: old.primary.map { ($0.name, $0) })
        return new.primary.contains { model in
            guard let former = names[model.name] else { return false }
            let (was, will) = (former.bands, model.bands)
            return former.smoothing != model.smoothing || was.deadband != will.deadband
                || was.upgradeDays != will.upgradeDays || was.expiryDays != will.expiryDays
        }
    }

    private func compare(_ before: Result, _ after: Result) -> ModelDiff.Account {
        let (oldModel, newModel) = (old.primary[before.model], new.primary[after.model])
        let parts = Self.parts(of: before, oldModel, to: after, newModel)
        let rises = after.score >= before.score
        let largest = parts.max { rises ? $0.points < $1.points : $0.points > $1.points }
        return ModelDiff.Account(
            accountID: before.accountID, name: before.accountID, arrMinor: before.arrMinor,
            score: (before.score, after.score), band: (before.band, after.band),
            model: (oldModel.name, newModel.name),
            driver: before.score == after.score ? nil : largest)
    }

    /// What each driver's points change by, and the baseline: together with the clip the change of the score.
    private static func parts(
        of before: Result, _ oldModel: HealthModel, to after: Result, _ newModel: HealthModel
    ) -> [(name: String, points: Double)] {
        let earlier = Composition(before.readings, model: oldModel)
        let later = Composition(after.readings, model: newModel)
        var points = ["baseline": later.baseline - earlier.baseline]
        for (driver, gained) in zip(newModel.drivers, later.points) { points[driver.fullName, default: 0] += gained }
        for (driver, lost) in zip(oldModel.drivers, earlier.points) { points[driver.fullName, default: 0] -= lost }
        return points.sorted { $0.key < $1.key }.map { (name: $0.key, points: $0.value) }
    }

    /// The name of each account that is scored on the day, and the title of the task it would have.
    private func tasks(
        _ results: [Result], of set: ModelSet
    ) async throws -> [Int64: (name: String, title: String?)] {
        let store = TaskStore(readers.first)
        let money = try await SettingStore(readers.first).reportingCurrency()
        let scores = ScoreDistribution(scores: results.filter(\.isScored).map(\.score))
        let formula = try await store.formula(asOf: day)
        var logOdds: [Int64: Double] = [:]
        for result in results where formula.rung == 3 && result.isScored {
            let model = set.primary[result.model]
            logOdds[result.account] = formula.dimensionLogOdds(
                points: Composition(result.readings, model: model).points, drivers: model.drivers.map(\.fullName))
        }
        let ladder = RenewalLadder(
            formula: formula, scores: scores,
            meanDimensionLogOdds: logOdds.isEmpty ? 0 : logOdds.values.reduce(0, +) / Double(logOdds.count))
        let overrides = try await OverrideStore(readers.first).inForce(on: day)
        let assumptions = TaskAssumptions(money: try await SettingStore(readers.first).moneyAssumptions())
        let byAccount = Dictionary(uniqueKeysWithValues: results.map { ($0.account, $0) })
        let stage = TaskStage(database, model: set.fallback)
        var tasks: [Int64: (name: String, title: String?)] = [:]
        for range in try await FeatureStore(readers.first).ranges() {
            // However far the decision: an account that needs nobody as it was scored may need somebody under a trial.
            let candidates = try await store.candidates(
                asOf: day, range: range, currency: money.currency, minorDigits: money.minorDigits,
                decisionDays: Int(Int32.max))
            for var candidate in candidates {
                guard let result = byAccount[candidate.accountKey] else { continue }
                candidate.band = result.band
                candidate.score = result.score
                candidate.coverage = result.coverage
                candidate.dimensionLogOdds = logOdds[candidate.accountKey]
                candidate.flags = Self.flags(result.flags, since: candidate.flags)
                let task = stage.tasks(
                    for: candidate, under: set.primary[result.model], override: overrides[candidate.accountKey],
                    ladder: ladder, asOf: day, assumptions: assumptions
                ).first { $0.draft.origin == .account }
                tasks[candidate.accountKey] = (candidate.name, task?.draft.title)
            }
        }
        return tasks
    }

    /// The flags of a trial; one that was on before is on since then.
    private static func flags(_ flags: RiskFlags, since stored: RiskFlags) -> RiskFlags {
        func since(_ path: KeyPath<RiskFlags, Day?>) -> Day? {
            flags[keyPath: path] == nil ? nil : stored[keyPath: path] ?? flags[keyPath: path]
        }
        return RiskFlags(
            cliffSince: since(\.cliffSince), declineSince: since(\.declineSince), riseSince: since(\.riseSince),
            championLeftSince: since(\.championLeftSince), detractorSince: since(\.detractorSince))
    }
}
