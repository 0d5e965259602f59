import HaleDomain
import HaleFiles
import HaleStore
import Postgres

/// What the scores of a plan follow from; nothing of it depends on how the days before were scored.
///
/// The facts are read range by range: while the accounts of one are scored, the database reads the next one on two
/// connections.
struct ScoreReading: Sendable {
    let plan: ScorePlan
    let figures: PortfolioFigures
    let keyFeatures: [Int64]
    /// Why accounts cannot be scored, by account.
    let obstacles: [Int64: String]
    private let calendar: BusinessCalendar
    private let facts: FactsQuery
    /// The figures of the model's measures by account; empty where it has none.
    private let measures: [Int64: [Double?]]
    /// Activity that was read for the figures; nil where it is read range by range.
    private let ledger: UsageLedger?
    private let readers: ScoreReaders
    /// The first range, which is read ahead.
    private var first = Portion()

    /// A range on its way: its facts, and what was done where no ledger has it.
    private struct Portion: Sendable {
        var accounts: [AccountDay] = []
        var activity: [AccountActivity] = []
    }

    /// Reads what all accounts have in common, and the facts of the first range.
    /// - Parameters:
    ///   - previousDay: The newest stored earlier day, whose smoothing is continued; nil where none is read.
    ///   - span: The activity of all accounts, where it was read for several days.
    init(
        _ plan: ScorePlan, of models: ModelSet, readers: ScoreReaders, previousDay: Day? = nil,
        span: ActivitySpan? = nil
    ) async throws {
        let (day, model) = (plan.day, plan.model)
        self.plan = plan
        self.readers = readers
        calendar = try await FeatureStore(readers.first).calendar(from: day - model.recency.lookbackDays, to: day)
        if let stored = plan.stored {
            keyFeatures = stored.keyFeatures
            figures = stored.figures
            ledger = nil
        } else {
            let portfolio = try await PortfolioReading(
                day: day, model: model, calendar: calendar, readers: readers, span: span
            ).run(plan.portfolio)
            keyFeatures = portfolio.keyFeatures
            figures = portfolio.figures
            ledger = portfolio.ledger
        }
        facts = FactsQuery(
            asOf: day, previousDay: previousDay, modelHash: plan.share.hash, keyFeatures: keyFeatures,
            featureDays: model.breadth.windowDays)
        let measured = try await ModelStore(readers.first).figures(of: model, asOf: day)
        measures = measured.figures
        let failed = models.obstacles(measured.failures, measuring: model)
        obstacles = plan.share.obstacles.merging(failed) { own, _ in own }
        first = try await portion(plan.ranges.first)
    }

    /// Hands out the accounts, one range after another in order of their keys.
    func forEachRange(_ body: ([AccountDay]) async throws -> Void) async throws {
        var position = 0
        var portion = first
        for index in plan.ranges.indices {
            async let following = self.portion(index + 1 < plan.ranges.count ? plan.ranges[index + 1] : nil)
            try await body(filled(portion, from: &position))
            portion = try await following
        }
    }

    /// The score of an account; `states` says where its smoothing stood, where that was not read.
    func score(_ account: AccountDay, after states: [Int64: ScoreState]?) -> AccountScore {
        AccountScoring.score(
            measured(account.features), portfolio: figures, model: plan.model, calendar: calendar, asOf: plan.day,
            previous: states?[account.features.accountKey] ?? account.previous)
    }

    private func measured(_ features: AccountFeatures) -> AccountFeatures {
        let (figures, obstacle) = (measures[features.accountKey], obstacles[features.accountKey])
        guard figures != nil || obstacle != nil else { return features }
        var features = features
        features.measures = figures ?? []
        features.obstacle = obstacle
        return features
    }

    private func portion(_ range: AccountRange?) async throws -> Portion {
        guard let range else { return Portion() }
        async let accounts = facts.accounts(range, on: readers.first, beside: readers.second)
        let activity =
            ledger == nil
            ? try await ActivityReading(range, asOf: plan.day, model: plan.model, on: readers.first).accounts : []
        return Portion(accounts: try await accounts, activity: activity)
    }

    /// The facts with the activity; `position` moves through the ledger, whose keys ascend as the accounts' do.
    private func filled(_ portion: Portion, from position: inout Int) -> [AccountDay] {
        var accounts = portion.accounts
        if let ledger {
            for index in accounts.indices {
                let key = accounts[index].features.accountKey
                while position < ledger.count, ledger.keys[position] < key { position += 1 }
                guard position < ledger.count, ledger.keys[position] == key else { continue }
                ledger.fill(&accounts[index].features, from: position)
            }
            return accounts
        }
        let activity = Dictionary(uniqueKeysWithValues: portion.activity.map { ($0.key, $0) })
        for index in accounts.indices {
            guard let account = activity[accounts[index].features.accountKey] else { continue }
            accounts[index].features.fill(
                from: account, portfolio: figures, calendar: calendar, asOf: plan.day, model: plan.model)
        }
        return accounts
    }
}
