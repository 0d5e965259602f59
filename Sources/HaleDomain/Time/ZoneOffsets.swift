/// How far the clocks of a time zone are ahead of UTC over a span of time.
///
/// Instants are microseconds since 2000-01-01 00:00:00 UTC; a reading is what the zone's clocks show, counted alike.
package struct ZoneOffsets: Sendable, Hashable {
    /// A stretch of time with one offset.
    package struct Stretch: Sendable, Hashable {
        /// The instant from which the offset holds.
        package let startMicroseconds: Int64
        /// Microseconds that the clocks are ahead of UTC.
        package let offsetMicroseconds: Int64

        package init(startMicroseconds: Int64, offsetMicroseconds: Int64) {
            self.startMicroseconds = startMicroseconds
            self.offsetMicroseconds = offsetMicroseconds
        }

        /// What the clocks show when the stretch begins.
        fileprivate var startReading: Int64 { startMicroseconds + offsetMicroseconds }
    }

    /// Microseconds of a day of 24 hours.
    package static let dayMicroseconds: Int64 = 86_400_000_000

    /// The days whose readings are known: [first, last).
    package let days: Range<Day>
    private let stretches: [Stretch]
    /// The stretch that the last question fell into: files are in order, or nearly.
    private var latest = 0

    /// The offsets of some days; the stretches are in order, and the first one begins before the first day.
    package init(days: Range<Day>, stretches: [Stretch]) {
        precondition(!stretches.isEmpty, "a zone has an offset")
        self.days = days
        self.stretches = stretches
    }

    /// Whether the offsets on these days are known.
    package func covers(_ other: Range<Day>) -> Bool {
        days.lowerBound <= other.lowerBound && other.upperBound <= days.upperBound
    }

    /// The instant at which the clocks show a reading. A reading that is skipped when clocks go forward is read with the
    /// offset before, one that comes twice when they go back with the offset after, as PostgreSQL does.
    package mutating func instant(ofReading reading: Int64) -> Int64 {
        // Both rules say the same: an offset holds from the reading at which it begins.
        while latest > 0, stretches[latest].startReading > reading { latest -= 1 }
        while latest + 1 < stretches.count, stretches[latest + 1].startReading <= reading { latest += 1 }
        return reading - stretches[latest].offsetMicroseconds
    }

    /// The day on which an instant lies.
    package mutating func day(of instant: Int64) -> Day {
        while latest > 0, stretches[latest].startMicroseconds > instant { latest -= 1 }
        while latest + 1 < stretches.count, stretches[latest + 1].startMicroseconds <= instant { latest += 1 }
        return Self.day(ofReading: instant + stretches[latest].offsetMicroseconds)
    }

    /// The day that a reading of the clocks belongs to.
    package static func day(ofReading reading: Int64) -> Day {
        let days = reading / dayMicroseconds
        return Day(daysSince2000: Int32(reading % dayMicroseconds < 0 ? days - 1 : days))
    }
}
