/// How likely a renewal is, in the words of a sales forecast (mathematics §3), by the probability in whole percent as it is
/// shown: what reads 85 % is committed.
package enum RenewalCategory: String, Sendable, Hashable, CaseIterable {
    /// Signed.
    case closed
    /// 85 % or more.
    case commit
    /// 60 % or more.
    case mostLikely = "most_likely"
    /// 30 % or more.
    case bestCase = "best_case"
    /// Less than that.
    case atRisk = "at_risk"

    /// The category of a renewal probability. Halves round up, so each edge lies half a percent below the percentage that
    /// it is named for; `hale_data.renewal_category` has the same edges.
    package init(_ renewal: RenewalProbability) {
        switch renewal.probability {
        case _ where renewal.basis == .signed: self = .closed
        case 0.845...: self = .commit
        case 0.595...: self = .mostLikely
        case 0.295...: self = .bestCase
        default: self = .atRisk
        }
    }
}
