package import HaleDomain
import HaleFiles
package import HaleStore
import Postgres

/// A model with the accounts that are its own on a day.
struct ModelShare: Sendable {
    let model: HealthModel
    /// The accounts, in order of their keys; nil for all.
    let accounts: [Int64]?
    /// Accounts of it that cannot be scored, with the reason: a condition that fails for them, so that nobody can tell
    /// whose they are.
    var obstacles: [Int64: String] = [:]
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
    package func model(of accountID: String, asOf day: Day, in database: Database) async throws -> HealthModel {
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
            for (account, choice) in choices.chosen { accounts[choice].append(account) }
            for (model, accounts) in zip(claiming, accounts) {
                shares.append(ModelShare(model: model, accounts: accounts))
            }
            let claimed = Set(choices.chosen.map(\.account))
            var rest = ModelShare(
                model: fallback, accounts: try await store.accounts().filter { !claimed.contains($0) })
            rest.obstacles = choices.failures.mapValues { failure in
                "\(place(of: "when", in: claiming[failure.expression])): \(failure.problem)"
            }
            shares.append(rest)
        }
        for model in beside {
            guard let condition = model.condition else {
                shares.append(ModelShare(model: model, accounts: nil))
                continue
            }
            let choices = try await ModelStore(connection).choices(asOf: day, unsafeConditions: [condition])
            shares.append(ModelShare(model: model, accounts: choices.chosen.map(\.account)))
        }
        return shares
    }
}
