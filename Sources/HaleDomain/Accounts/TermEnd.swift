/// Which day the end of a term names in a file; what is stored is the first day not covered.
package enum TermEnd: String, Sendable, Hashable, CaseIterable, Codable {
    /// The first day that the term does not cover.
    case dayAfter = "day-after"
    /// The last day that it covers.
    case lastDay = "last-day"
}
