/// Why a run of the scoring stage writes what it writes, for the ledger.
enum RunReason: Sendable, Equatable {
    /// Nothing is known of an earlier run of the day by the model.
    case firstRun
    /// The day was scored before; since then these changed that every score depends on, and so many accounts' facts.
    case again(common: [String], accounts: Int)
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
            let changed = common.isEmpty ? [] : ["changed for all accounts: \(common.joined(separator: ", "))"]
            let parts = changed + (accounts > 0 ? [facts] : [])
            return parts.isEmpty ? "nothing changed since the last run" : parts.joined(separator: "; ")
        case .asked(let accounts):
            let more = accounts.count - Self.namedAccounts
            return "asked for: " + accounts.prefix(Self.namedAccounts).joined(separator: ", ")
                + (more > 0 ? " and \(more) more" : "")
        }
    }
}
