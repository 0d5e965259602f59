/// Why receivers are not told of an alert, and the digest alone does.
package enum DigestReason: String, Sendable, Hashable, CaseIterable {
    /// Receivers were told of as many new alerts of the CSM on the day as they are told of.
    case budget
    /// People find most alerts of its rule to be noise.
    case precision

    /// The reason in words.
    package var sentence: String {
        switch self {
        case .budget: "the digest alone tells of it: graver new alerts of the CSM filled the day's budget"
        case .precision: "the digest alone tells of it: most alerts of its rule are noise"
        }
    }
}

/// The most new alerts of a CSM's accounts that receivers are told of on a day: the gravest first, and of those the ones
/// with most money. The digest tells of the others. Accounts without a CSM share one budget.
package struct AlertBudget: Sendable, Hashable {
    /// The largest budget that can be set [alerts].
    package static let maximumAlerts = 10_000

    /// New alerts a CSM and day [alerts].
    package var alerts: Int

    /// A budget; the usual one is five.
    package init(alerts: Int = 5) {
        self.alerts = alerts
    }

    /// An alert that fires and that nobody was told of.
    package struct Candidate: Sendable, Hashable {
        package let number: Int64
        /// Whose account it is; nil for nobody's.
        package var csm: String?
        /// How grave it is.
        package var severity: AlertSeverity
        /// ARR of the account [minor units]; nil where it is not known.
        package var arrMinor: Int64?
        /// Whether a silence covers it now. It is told of only when that ends, so it comes after all that are not.
        package var isSilenced: Bool
        /// Whether its rule is one that people find to be noise.
        package var isNoise: Bool

        package init(
            number: Int64, csm: String?, severity: AlertSeverity, arrMinor: Int64?, isSilenced: Bool = false,
            isNoise: Bool = false
        ) {
            self.number = number
            self.csm = csm
            self.severity = severity
            self.arrMinor = arrMinor
            self.isSilenced = isSilenced
            self.isNoise = isNoise
        }
    }

    /// Why the digest alone tells of each of some alerts of a day, by number; receivers are told of those that are missing.
    /// - Parameter announced: How many new alerts of each CSM receivers were told of on the day already.
    package func held(_ candidates: [Candidate], announced: [String?: Int]) -> [Int64: DigestReason] {
        var held: [Int64: DigestReason] = [:]
        var left: [String?: Int] = [:]
        for candidate in candidates.sorted(by: Self.comesFirst) {
            guard !candidate.isNoise else {
                held[candidate.number] = .precision
                continue
            }
            let rest = left[candidate.csm] ?? alerts - (announced[candidate.csm] ?? 0)
            if rest <= 0 { held[candidate.number] = .budget }
            left[candidate.csm] = rest - 1
        }
        return held
    }

    private static func comesFirst(_ one: Candidate, _ other: Candidate) -> Bool {
        if one.isSilenced != other.isSilenced { return other.isSilenced }
        if one.severity != other.severity { return one.severity.rank > other.severity.rank }
        // What is not known comes last.
        if one.arrMinor != other.arrMinor { return one.arrMinor ?? .min > other.arrMinor ?? .min }
        return one.number < other.number
    }
}

extension AlertSeverity {
    /// Its place from the least grave on.
    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
