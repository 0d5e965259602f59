package import HaleDelivery
package import HaleDomain

/// What became of digests, in words.
package struct DigestOutcomeText {
    private let kind: DigestKind
    private let day: Day
    private let outcome: DigestDesk.Outcome

    /// What became of the digests of a day; of a week's its Monday.
    package init(kind: DigestKind, day: Day, outcome: DigestDesk.Outcome) {
        self.kind = kind
        self.day = day
        self.outcome = outcome
    }

    package var lines: [String] {
        func mails(_ count: Int) -> String { "\(count) \(count == 1 ? "mail" : "mails")" }
        let what = kind == .daily ? "digest of \(day)" : "forecast of the week of \(day)"
        var line = "\(what): \(mails(outcome.new)) to be sent by hale deliver"
        if outcome.known > 0 { line += ", \(outcome.known) written before" }
        return [line] + outcome.withoutAddress.map { "\(what): \($0) gets none, as that is no address of mail" }
    }
}
