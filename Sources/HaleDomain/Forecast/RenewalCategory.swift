/// How likely a renewal is, in the words of a sales forecast (mathematics §3).
public enum RenewalCategory: String, Sendable, Hashable, CaseIterable {
    /// Signed.
    case closed
    /// 0.85 or more.
    case commit
    /// 0.60 or more.
    case mostLikely = "most_likely"
    /// 0.30 or more.
    case bestCase = "best_case"
    /// Less than that.
    case atRisk = "at_risk"

    /// The category of a renewal probability.
    public init(_ renewal: RenewalProbability) {
        switch renewal.probability {
        case _ where renewal.basis == .signed: self = .closed
        case 0.85...: self = .commit
        case 0.60...: self = .mostLikely
        case 0.30...: self = .bestCase
        default: self = .atRisk
        }
    }
}
