import HaleDomain
import HaleStore
import Postgres

/// The second half of a run: reads the facts of one range of accounts after another, scores them and writes them.
///
/// While a range is scored here, the database reads the next one on two connections and takes the scores of the one
/// before on another, so that the cores are busy and no more than three ranges are in memory.
struct ScoreWriting {
    let figures: PortfolioFigures
    let calendar: BusinessCalendar
    let model: HealthModel
    let facts: FactsQuery
    /// The figures of the model's measures by account; empty where it has none.
    let measures: [Int64: [Double?]]
    /// Why accounts cannot be scored, by account.
    let obstacles: [Int64: String]
    let reader: Connection
    let secondReader: Connection
    /// Activity that was read for the figures; nil where it is read range by range.
    let ledger: UsageLedger?
    /// Where smoothing stood the day before, by account, where that day is not published yet; else it is read.
    var carried: [Int64: ScoreState]?
    /// Whether the states of the day are kept for the next.
    var keepsStates = false

    /// Scores that are written at once, about a megabyte, while the next ones are computed.
    private static let accountsPerWrite = 1_000

    /// A range on its way: its facts, and what was done where no ledger has it.
    struct Portion: Sendable {
        fileprivate var accounts: [AccountDay]
        fileprivate var activity: [AccountActivity]
    }

    /// What came of the accounts of a day.
    struct Result: Sendable {
        /// The moments of the scores that count.
        var moments = Moments()
        /// Where smoothing stands, by account; empty where it is not kept.
        var states: [Int64: ScoreState] = [:]
        /// The accounts that cannot be scored, with the reason.
        var unscored: [ScoringStage.Unscored] = []
    }

    /// The facts of the first range, to be read ahead.
    func firstPortion(_ ranges: [AccountRange]) async throws -> Portion {
        try await portion(ranges.first)
    }

    /// Scores the accounts of the ranges in order, the first of which was read ahead, and writes them.
    func run(
        _ ranges: [AccountRange], first: Portion, to writer: CopyWriter, of target: ScoreStore.Target
    ) async throws -> Result {
        var result = Result()
        var buffer = BinaryCopyBuffer()
        var position = 0
        var portion = first
        for index in ranges.indices {
            async let following = self.portion(index + 1 < ranges.count ? ranges[index + 1] : nil)
            let accounts = filled(portion, from: &position)
            for start in stride(from: 0, to: accounts.count, by: Self.accountsPerWrite) {
                let scored = buffer.take()
                async let written: Void = writer.write(scored)
                for account in accounts[start..<min(start + Self.accountsPerWrite, accounts.count)] {
                    let score = score(account)
                    if score.isScored { result.moments.add(score.composition.score) }
                    if let obstacle = obstacles[score.accountKey] {
                        result.unscored.append(.init(account: score.accountID, reason: obstacle))
                    }
                    if keepsStates { result.states[score.accountKey] = score.state }
                    buffer.append(score, to: target)
                }
                try await written
            }
            portion = try await following
        }
        buffer.finish()
        try await writer.write(buffer.take())
        return result
    }

    /// Scores the accounts of the ranges in order.
    func forEach(_ ranges: [AccountRange], _ body: (AccountScore) throws -> Void) async throws {
        var position = 0
        for range in ranges {
            for account in filled(try await portion(range), from: &position) { try body(score(account)) }
        }
    }

    private func score(_ account: AccountDay) -> AccountScore {
        AccountScoring.score(
            measured(account.features), portfolio: figures, model: model, calendar: calendar, asOf: facts.asOf,
            previous: carried?[account.features.accountKey] ?? account.previous)
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
        guard let range else { return Portion(accounts: [], activity: []) }
        async let accounts = facts.accounts(range, on: reader, beside: secondReader)
        let activity =
            ledger == nil
            ? try await ActivityReading(range, asOf: facts.asOf, model: model, on: reader).accounts : []
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
                from: account, portfolio: figures, calendar: calendar, asOf: facts.asOf, model: model)
        }
        return accounts
    }
}

/// Count, mean and sample standard deviation of a stream of numbers (Welford).
struct Moments: Sendable {
    private(set) var count = 0
    private var runningMean = 0.0
    private var squares = 0.0

    mutating func add(_ value: Double) {
        count += 1
        let difference = value - runningMean
        runningMean += difference / Double(count)
        squares += difference * (value - runningMean)
    }

    var mean: Double? { count > 0 ? runningMean : nil }
    var deviation: Double? { count > 1 ? (squares / Double(count - 1)).squareRoot() : nil }
}
