import HaleDomain
import HaleStore
import Postgres

/// What is scored of a model on a day, and with which figures of all accounts.
struct ScorePlan: Sendable {
    let day: Day
    /// The model, with the accounts that are its own.
    let share: ModelShare
    /// The accounts that are scored, in pieces.
    let ranges: [AccountRange]
    /// What the figures of all accounts are computed from, where none are stored.
    var portfolio: [AccountRange] = []
    /// The figures of all accounts, where they are stored; nil where they are computed anew.
    var stored: PortfolioStore.Stored?
    /// The keys of the accounts that are scored; nil for all of the model's.
    var keys: [Int64]?
    /// Accounts that were asked for and belong to another model: what this one stored of them goes.
    var moved: [Int64] = []
    /// Why all are scored where only the changed ones were asked for.
    var widening: ScoreStage.Widening?
    /// What the finished run claims to have seen.
    var snapshot: String?
    /// Why the day is scored, for the ledger.
    var reason = Reason.firstRun

    var model: HealthModel { share.model }

    /// All accounts of a model, with figures that are computed from all accounts there are.
    init(_ share: ModelShare, on day: Day, portfolio: [AccountRange]) {
        self.day = day
        self.share = share
        self.portfolio = portfolio
        ranges = share.accounts.map(AccountRange.ranges) ?? portfolio
    }

    /// Some accounts, with the day's stored figures.
    init(_ ranges: [AccountRange], of share: ModelShare, on day: Day, stored: PortfolioStore.Stored) {
        self.day = day
        self.share = share
        self.ranges = ranges
        self.stored = stored
    }
}

extension ScorePlan {
    /// Why a run writes what it writes.
    enum Reason: Sendable, Equatable {
        /// Nothing is known of an earlier run of the day by the model.
        case firstRun
        /// The day was scored before; since then these changed that every score depends on, and so many accounts' facts.
        case again(common: [CommonChange], accounts: Int)
        /// These accounts were asked for.
        case asked(accounts: [String])

        /// Ids that are named; the rest is counted.
        private static let namedAccounts = 5

        /// The reason in words.
        var sentence: String {
            switch self {
            case .firstRun: return "first run of this day by this model"
            case .again(let common, let accounts):
                let facts = accounts == 1 ? "facts of 1 account changed" : "facts of \(accounts) accounts changed"
                let changed =
                    common.isEmpty
                    ? [] : ["changed for all accounts: \(common.map(\.rawValue).joined(separator: ", "))"]
                let parts = changed + (accounts > 0 ? [facts] : [])
                return parts.isEmpty ? "nothing changed since the last run" : parts.joined(separator: "; ")
            case .asked(let accounts):
                let more = accounts.count - Self.namedAccounts
                return "asked for: " + accounts.prefix(Self.namedAccounts).joined(separator: ", ")
                    + (more > 0 ? " and \(more) more" : "")
            }
        }
    }
}

extension ScorePlan {
    /// What a run has to score, from what changed since the day was scored; on a connection that sees what the run sees.
    static func sinceLastRun(
        _ share: ModelShare, on day: Day, scope: ScoreStage.Scope, portfolio: [AccountRange], reader: Connection
    ) async throws -> ScorePlan {
        let changes = ChangeStore(reader)
        let last = try await changes.lastSnapshot(on: day, modelHash: share.hash)
        let common = if let last { try await changes.commonChanges(since: last) } else { [CommonChange]() }
        func stored() async throws -> PortfolioStore.Stored? {
            try await PortfolioStore(reader).figures(on: day, modelHash: share.hash)
        }
        var all = ScorePlan(share, on: day, portfolio: portfolio)
        all.snapshot = try await changes.snapshot()
        if let last { all.reason = .again(common: common, accounts: try await changes.changeCount(since: last)) }
        switch scope {
        case .all, .needed: break
        case .allWithStoredFigures: all.stored = try await stored()
        case .changed:
            if let last, let stored = try await stored() {
                guard !common.isEmpty else { return all.some(try await changes.changedAccounts(since: last), stored) }
                all.widening = .common(common)
            } else {
                all.widening = .notScoredBefore
            }
        case .accounts(let ids):
            let keys = try await changes.keys(of: ids)
            if let last, let stored = try await stored() {
                var some = all.some(keys, stored)
                // Other accounts may have changed since the last run, so this one has seen no more than that.
                some.snapshot = last
                some.reason = .asked(accounts: ids)
                return some
            }
            all.widening = .notScoredBefore
        }
        return all
    }

    /// The same for some accounts only, with the day's stored figures.
    private func some(_ accounts: [Int64], _ stored: PortfolioStore.Stored) -> ScorePlan {
        let own = accounts.filter(share.holds)
        var plan = ScorePlan(AccountRange.ranges(of: own), of: share, on: day, stored: stored)
        plan.keys = own
        plan.moved = accounts.filter { !share.holds($0) }
        plan.snapshot = snapshot
        plan.reason = reason
        return plan
    }
}
