import HaleDomain
import HaleFiles
import HaleStore
import Postgres

/// Scores accounts from the facts that its connections see, and stores nothing: a plan that is read and not written.
struct ScoreTrial {
    let models: ModelSet
    let readers: ScoreReaders
    /// All accounts there are.
    let portfolio: [AccountRange]

    /// A trial of the models in force.
    init(_ models: ModelSet, readers: ScoreReaders) async throws {
        self.models = models
        self.readers = readers
        portfolio = try await FeatureStore(readers.first).ranges()
    }

    /// Hands out the scores of all accounts on a day, each with the position of its model in the set.
    /// - Parameters:
    ///   - states: Where smoothing stood, for those accounts that are to be smoothed.
    ///   - span: What accounts did, where it was read for several days.
    func forEach(
        _ day: Day, after states: [Int64: ScoreState] = [:], span: ActivitySpan? = nil,
        _ body: (AccountScore, Int) -> Void
    ) async throws {
        // A model beside decides nothing, so nothing would have been known of it.
        let shares = try await models.shares(asOf: day, on: readers.first).filter { !$0.model.isBeside }
        for (position, share) in shares.enumerated() {
            let reading = try await ScoreReading(
                ScorePlan(share, on: day, portfolio: portfolio), of: models, readers: readers, span: span)
            try await reading.forEachRange { accounts in
                for account in accounts { body(reading.score(account, after: states), position) }
            }
        }
    }

    /// The scores of some accounts under one model, with the figures of all accounts that are stored of a day; nothing is
    /// smoothed.
    static func scores(
        of accounts: AccountRange, under model: HealthModel, on day: Day, with stored: PortfolioStore.Stored,
        readers: ScoreReaders
    ) async throws -> [AccountScore] {
        let share = ModelShare(model: model, accounts: nil)
        let reading = try await ScoreReading(
            ScorePlan([accounts], of: share, on: day, stored: stored), of: ModelSet(model), readers: readers)
        var scores: [AccountScore] = []
        try await reading.forEachRange { scores += $0.map { reading.score($0, after: nil) } }
        return scores
    }
}

extension ScoreTrial {
    /// What is kept of a score where the whole portfolio is compared.
    struct Result: Sendable {
        let account: Int64
        let accountID: String
        /// Position of the model in the set.
        let model: Int
        let score: Double
        let coverage: Double
        let isScored: Bool
        let band: Band
        let flags: RiskFlags
        let computedBand: Band
        let low: Double
        let high: Double
        let readings: [DriverReading]
        /// In the order of `ScoreFact.allCases`.
        let facts: [Double?]
        let contractState: ContractState
        let netPromoter: NetPromoter
        let arrMinor: Int64

        init(_ score: AccountScore, model: Int) {
            account = score.accountKey
            accountID = score.accountID
            self.model = model
            self.score = score.composition.score
            coverage = score.composition.coverage
            isScored = score.isScored
            band = score.band
            flags = score.flags
            computedBand = score.computedBand
            low = score.composition.low
            high = score.composition.high
            readings = score.readings
            facts = score.facts
            contractState = score.contract.state
            netPromoter = score.drivers.netPromoter
            arrMinor = score.contract.arrMinor
        }
    }

    /// The scores of all accounts on a day as on a first one, in order of their keys.
    func results(on day: Day) async throws -> [Result] {
        var results: [Result] = []
        try await forEach(day) { results.append(Result($0, model: $1)) }
        return results.sorted { $0.account < $1.account }
    }
}
