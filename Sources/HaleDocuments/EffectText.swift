import Delimited
package import HaleOutput
package import HaleStore

/// What an import did to what is in, in words.
package struct EffectText {
    private let effect: ImportEffect
    private let receipt: Int64?

    /// The words; with a receipt, how to take the import back.
    package init(_ effect: ImportEffect, receipt: Int64?) {
        self.effect = effect
        self.receipt = receipt
    }

    /// "ARR € 1,000 → € 2,000, contracts 2 → 3, people 5 → 5"; nil where nothing was measured.
    package var figures: String? {
        let before = effect.before
        let after = effect.after
        var parts: [String] = []
        if after.contracts != nil { parts.append("ARR \(money(before)) → \(money(after))") }
        for (name, earlier, later) in [
            ("contracts", before.contracts, after.contracts), ("people", before.people, after.people),
            ("accounts", before.accounts, after.accounts),
        ] {
            guard let later else { continue }
            parts.append("\(name) \(earlier.map { NumberText.grouped($0) } ?? "–") → \(NumberText.grouped(later))")
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// What may be a mistake, and what to do.
    package var warnings: [String] {
        let takeBack = receipt.map { "; hale import undo \($0) takes it back" } ?? ""
        return effect.doubts.map { "\(text(of: $0))\(takeBack)" }
    }

    /// What may be a mistake, in words.
    package func text(of doubt: ImportEffect.Doubt) -> String {
        let remedy =
            doubt.isUp
            ? "if these are prices of a year, the column is arr and not mrr"
            : "if these are prices of a month, the column is mrr and not arr"
        let times = doubt.isUp ? "about 12 times" : "about a twelfth of"
        switch doubt.subject {
        case .changedContracts:
            return
                "the ARR of \(count(doubt.contracts)) of \(count(doubt.of)) contracts that change is \(times) what it "
                + "was: \(remedy)"
        case .newContracts:
            return
                "the median ARR of \(count(doubt.contracts)) new contracts, \(amount(doubt.after)), is \(times) that of "
                + "the others, \(amount(doubt.before)): \(remedy)"
        case .arrPerContract:
            return "ARR per contract goes from \(amount(doubt.before)) to \(amount(doubt.after))"
        case .liveContracts: return "of \(count(doubt.before)) live contracts \(count(doubt.after)) are left"
        case .people: return "of \(count(doubt.before)) people \(count(doubt.after)) are left"
        }
    }

    private func count(_ number: Int64?) -> String { number.map { NumberText.grouped($0) } ?? "–" }

    private func amount(_ minor: Int64?) -> String {
        guard let minor else { return "–" }
        return money(minor, effect.after)
    }

    private func money(_ standing: ImportEffect.Standing) -> String {
        standing.arrMinor.map { money($0, standing.currency == nil ? effect.after : standing) } ?? "–"
    }

    private func money(_ minor: Int64, _ standing: ImportEffect.Standing) -> String {
        guard let currency = standing.currency else { return "\(minor == 0 ? "0" : "–")" }
        return MoneyText.text(minor: minor, currency: currency, exponent: Int(standing.minorDigits ?? 2))
    }
}

extension ImportEffect {
    /// The effect for programs.
    package var jsonValue: JSONValue {
        [
            "before": before.jsonValue, "after": after.jsonValue,
            "warnings": .array(
                doubts.map { doubt in
                    [
                        "subject": .string(doubt.subject.rawValue), "up": .bool(doubt.isUp),
                        "before": .init(doubt.before), "after": .init(doubt.after),
                        "contracts": .init(doubt.contracts), "of": .init(doubt.of),
                        "text": .string(EffectText(self, receipt: nil).text(of: doubt)),
                    ]
                }),
        ]
    }
}

extension ImportEffect.Standing {
    fileprivate var jsonValue: JSONValue {
        [
            "arr": currency.map { .money(minor: arrMinor, currency: $0) } ?? .null, "contracts": .init(contracts),
            "people": .init(people), "accounts": .init(accounts),
        ]
    }
}
