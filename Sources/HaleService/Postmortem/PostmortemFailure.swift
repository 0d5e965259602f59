import HaleDomain

/// Why there is nothing to look back on.
package enum PostmortemFailure: CodedError, Equatable {
    /// The account was never lost.
    case notLost(account: String)
    /// Nobody was lost in the period.
    case noLosses(period: String)

    package var code: String {
        switch self {
        case .notLost: "HALE-CLI-032"
        case .noLosses: "HALE-CLI-033"
        }
    }

    package var message: String {
        switch self {
        case .notLost(let account):
            "account \"\(account)\" lost no renewal, so there is nothing to look back on: "
                + "hale accounts show \(account) says how it is"
        case .noLosses(let period): "no account was lost in \(period): hale retention shows what was kept"
        }
    }
}
