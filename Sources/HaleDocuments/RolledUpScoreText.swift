import Delimited
import HaleDomain
package import HaleOutput
package import HaleStore

extension RolledUpScore {
    /// The roll-up in words: "76.7, green: the mean of 3 accounts, EUR 20,204; A-17 is lowest".
    package func sentence(currency: String?) -> String {
        let value =
            score.map { "\(NumberText.fixed($0, decimals: 1)), \(band?.rawValue ?? Band.unknown.rawValue): " } ?? ""
        let money = currency.map { ", \(MoneyText.text(minor: arrMinor, currency: $0))" } ?? ""
        let accounts = accounts == 1 ? "1 scored account" : "\(accounts) scored accounts"
        let lowest = worstAccountID.map { "; \($0) is lowest" } ?? ""
        return "\(value)\(kind.words) of \(accounts)\(money)\(lowest)"
    }

    /// The roll-up as JSON.
    package func json(currency: String?) -> JSONValue {
        [
            "rollUp": .string(kind.rawValue), "accounts": .init(accounts),
            "arr": currency.map { .money(minor: arrMinor, currency: $0) } ?? .null,
            "score": score.map { .number($0) } ?? .null, "band": band.map { .string($0.rawValue) } ?? .null,
            "worstAccountId": worstAccountID.map { .string($0) } ?? .null,
        ]
    }
}

extension RollUp {
    fileprivate var words: String {
        switch self {
        case .none: "nothing"
        case .mean: "the mean"
        case .arrWeighted: "the mean by ARR"
        case .worstChild: "the lowest"
        }
    }
}
