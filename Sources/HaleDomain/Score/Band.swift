/// Colour of an account's health.
package enum Band: String, Sendable, Hashable, CaseIterable {
    /// At risk.
    case red
    /// To be watched.
    case amber
    /// Well.
    case green
    /// Too little is known to score the account.
    case unknown

    /// Order of the known bands, red 0 to green 2; nil for unknown.
    package var rank: Int? {
        switch self {
        case .red: return 0
        case .amber: return 1
        case .green: return 2
        case .unknown: return nil
        }
    }
}

extension BandParameters {
    /// The band of a score without memory: red below 45, amber below 70, else green.
    package func band(of score: Double) -> Band {
        score < amberFrom ? .red : (score < greenFrom ? .amber : .green)
    }
}
