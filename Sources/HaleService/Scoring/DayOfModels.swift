public import HaleDomain
public import HaleStore
import Postgres

/// A model with the accounts that are its own on a day.
struct ModelShare: Sendable {
    let model: HealthModel
    /// The accounts, in order of their keys; nil for all.
    let accounts: [Int64]?
    var hash = ""
    var run: Int64 = 0

    /// Whether the model scores an account.
    func holds(_ account: Int64) -> Bool {
        guard let accounts else { return true }
        var (low, high) = (0, accounts.count)
        while low < high {
            let middle = (low + high) / 2
            if accounts[middle] < account { low = middle + 1 } else { high = middle }
        }
        return low < accounts.count && accounts[low] == account
    }
}

extension ModelSet {
    /// The model that applies to an account on a day; throws for an account that is not known.
    public func model(of accountID: String, asOf day: Day, in database: Database) async throws -> HealthModel {
        try await database.withConnection { connection in
            let keys = try await ChangeStore(connection).keys(of: [accountID])
            let shares = try await shares(asOf: day, on: connection).filter { !$0.model.isBeside }
            return keys.first.flatMap { key in shares.first { $0.holds(key) } }?.model ?? fallback
        }
    }

    /// Which accounts each model scores on a day.
    func shares(asOf day: Day, on connection: Connection) async throws -> [ModelShare] {
        var shares: [ModelShare] = []
        let claiming = primary.dropLast()
        if claiming.isEmpty {
            shares.append(ModelShare(model: fallback, accounts: nil))
        } else {
            let store = ModelStore(connection)
            let choices = try await store.choices(asOf: day, unsafeConditions: claiming.map { $0.condition ?? "true" })
            var accounts = claiming.map { _ in [Int64]() }
            for (account, choice) in choices { accounts[choice].append(account) }
            for (model, accounts) in zip(claiming, accounts) {
                shares.append(ModelShare(model: model, accounts: accounts))
            }
            let claimed = Set(choices.map(\.account))
            shares.append(
                ModelShare(
                    model: fallback, accounts: try await store.accounts().filter { !claimed.contains($0) }))
        }
        for model in beside {
            guard let condition = model.condition else {
                shares.append(ModelShare(model: model, accounts: nil))
                continue
            }
            let choices = try await ModelStore(connection).choices(asOf: day, unsafeConditions: [condition])
            shares.append(ModelShare(model: model, accounts: choices.map(\.account)))
        }
        return shares
    }
}

/// The runs of all models of a day, one after the other inside the transaction that publishes them together.
struct DayOfModels {
    let day: Day
    let scope: ScoringStage.Scope
    let smoothsLater: Bool
    let shares: [ModelShare]
    let readers: (Connection, Connection)
    let writer: Connection

    func run() async throws -> ScoringStage.Outcome {
        var outcomes: [ScoringStage.Outcome] = []
        let store = ModelStore(writer)
        for share in shares {
            let scoring = DayScoring(
                day: day, scope: scope, smoothsLater: smoothsLater, share: share, reader: readers.0,
                secondReader: readers.1, writer: writer)
            outcomes.append(try await scoring.score())
            try await store.dropStaged()
        }
        try await store.dropLeft(day: day, inForce: shares.map(\.hash))
        let primary = shares.filter { !$0.model.isBeside }
        if primary.count > 1 { try await store.poolMoments(day: day, hashes: primary.map(\.hash)) }
        return Self.together(outcomes)
    }

    /// What came of all models; where one of them scored all of its accounts, so did the day.
    private static func together(_ outcomes: [ScoringStage.Outcome]) -> ScoringStage.Outcome {
        var sum = outcomes[0]
        for outcome in outcomes.dropFirst() {
            sum.accounts += outcome.accounts
            sum.keys = sum.keys.flatMap { keys in outcome.keys.map { (keys + $0).sorted() } }
            sum.widening = sum.widening ?? outcome.widening
            sum.changes.inserted += outcome.changes.inserted
            sum.changes.updated += outcome.changes.updated
            sum.changes.deleted += outcome.changes.deleted
            sum.changes.unchanged += outcome.changes.unchanged
            sum.smoothedAgain = max(sum.smoothedAgain, outcome.smoothedAgain)
        }
        return sum
    }
}
