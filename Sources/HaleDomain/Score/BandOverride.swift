/// A band that somebody set by hand, for a time and a reason. It replaces the band, never the number.
package struct BandOverride: Sendable, Hashable {
    package let band: Band
    /// The first day on which it holds.
    package let startsOn: Day
    /// The last day on which it holds.
    package let untilOn: Day
    /// Why.
    package let reason: String
    /// Who said so.
    package let setBy: String

    /// A band that somebody set.
    package init(band: Band, startsOn: Day, untilOn: Day, reason: String, setBy: String) {
        self.band = band
        self.startsOn = startsOn
        self.untilOn = untilOn
        self.reason = reason
        self.setBy = setBy
    }

    /// The override in words.
    package var sentence: String { "\(setBy) set \(band.rawValue) until \(untilOn): \(reason)" }

    /// The band that people see: `band` is the computed one after exceptions. A notice of non-renewal stands above
    /// what people say, and where too little is known nobody's word makes a score (architecture §3).
    package static func apply(_ override: Band?, to band: Band, exceptions: [BandException]) -> Band {
        guard let override, band != .unknown, !exceptions.contains(.noticeGiven) else { return band }
        return override
    }
}
