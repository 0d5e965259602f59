/// How long the terms of a contract are, as far as renewals are counted apart: a month that is renewed says little of a
/// year that is.
package enum RenewalTerm: Int, Sendable, Hashable, CaseIterable {
    /// Less than three months.
    case month = 1
    /// Less than half a year.
    case quarter = 3
    /// Less than a year.
    case halfYear = 6
    /// A year or more, and terms that nobody told.
    case year = 12

    /// The class of a term; nil is told by nobody.
    package init(months: Int?) {
        switch months ?? RenewalTerm.year.rawValue {
        case ..<RenewalTerm.quarter.rawValue: self = .month
        case ..<RenewalTerm.halfYear.rawValue: self = .quarter
        case ..<RenewalTerm.year.rawValue: self = .halfYear
        default: self = .year
        }
    }

    /// The share of a year, which its renewals weigh where rungs are compared: twelve monthly ones weigh as one yearly.
    package var years: Double { Double(rawValue) / Double(RenewalTerm.year.rawValue) }
}

/// Renewals that share a rate.
package struct RenewalGroup: Sendable, Hashable {
    /// The account's segment; nil for accounts without one.
    package var segment: String?
    /// How long the contract's terms are.
    package var term: RenewalTerm

    /// Renewals that share a rate.
    package init(segment: String?, term: RenewalTerm = .year) {
        self.segment = segment
        self.term = term
    }
}

/// Renewals of one group and number that were decided on one day.
package struct DecidedCounts: Sendable, Hashable {
    /// The day from which on they count.
    package var decidedOn: Day
    /// Their group.
    package var group: RenewalGroup
    /// Which renewal of its account and product each was: 1 for the first.
    package var number: Int
    /// How many, and how many of them were renewed.
    package var counts: SegmentCounts

    /// Renewals that were decided on one day.
    package init(decidedOn: Day, group: RenewalGroup, number: Int, counts: SegmentCounts) {
        self.decidedOn = decidedOn
        self.group = group
        self.number = number
        self.counts = counts
    }

    /// One decided renewal.
    init(_ renewal: DecidedRenewal) {
        self.init(
            decidedOn: renewal.decidedOn, group: renewal.group, number: renewal.number,
            counts: SegmentCounts(renewed: renewal.isRenewed ? 1 : 0, decided: 1))
    }
}

/// How many renewals were decided, by group and number.
package struct RenewalHistory: Sendable, Hashable {
    /// The counts of each number of each group; numbers begin with 1.
    package private(set) var counts: [RenewalGroup: [Int: SegmentCounts]] = [:]

    /// Nothing decided.
    package init() {}

    /// Adds up what was decided.
    package init(_ decided: some Sequence<DecidedCounts>) {
        for entry in decided { add(entry.counts, of: entry.group, number: entry.number) }
    }

    /// Adds renewals of one number.
    package mutating func add(_ more: SegmentCounts, of group: RenewalGroup, number: Int) {
        var own = counts[group]?[number] ?? SegmentCounts(renewed: 0, decided: 0)
        own.renewed += more.renewed
        own.decided += more.decided
        counts[group, default: [:]][number] = own
    }

    /// Everything that was decided.
    package var total: SegmentCounts {
        counts.values.reduce(into: SegmentCounts(renewed: 0, decided: 0)) { sum, numbers in
            sum += SegmentCounts(numbers)
        }
    }
}

extension RenewalHistory: ExpressibleByDictionaryLiteral {
    /// First renewals of yearly contracts by segment, of which nothing more is known.
    package init(dictionaryLiteral elements: (String?, SegmentCounts)...) {
        for (segment, counts) in elements { add(counts, of: RenewalGroup(segment: segment), number: 1) }
    }
}

extension SegmentCounts {
    /// All numbers together.
    init(_ numbers: [Int: SegmentCounts]) {
        self.init(
            renewed: numbers.values.reduce(0) { $0 + $1.renewed }, decided: numbers.values.reduce(0) { $0 + $1.decided }
        )
    }

    /// Renewals lost.
    package var lost: Int { decided - renewed }

    static func += (sum: inout SegmentCounts, more: SegmentCounts) {
        sum.renewed += more.renewed
        sum.decided += more.decided
    }
}
