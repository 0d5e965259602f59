package import HaleDomain

/// The last moment that a fact can be of: the end of tomorrow, by the clocks of the organisation.
///
/// Clocks differ and zones do, so a fact of tomorrow is let in; what lies behind it did not happen.
package struct LatestFact: Hashable, Sendable {
    /// The day of the import.
    package let today: Day
    /// Tomorrow.
    package let day: Day
    /// What the organisation's clocks show when tomorrow is over [microseconds since 2000 on them].
    private let readingLimit: Int64
    /// The instant at which it is over [microseconds since 2000-01-01 00:00 UTC].
    private let instantLimit: Int64
    private let monthLimit: Int64

    /// The last fact of an import on a day; `endMicroseconds` is the instant at which the day after it is over.
    package init(today: Day, endMicroseconds: Int64) {
        self.today = today
        day = today + 1
        readingLimit = Int64((today + 2).daysSince2000) * ZoneOffsets.dayMicroseconds
        monthLimit = Int64(CalendarPeriod(monthOf: today + 1).before.daysSince2000) * ZoneOffsets.dayMicroseconds
        instantLimit = endMicroseconds
    }

    /// Whether something can have happened by then.
    package func allows(_ written: WrittenInstant, ahead: ColumnDefinition.Ahead = .tomorrow) -> Bool {
        if case .anyTime = ahead { return true }
        if case .month = ahead { return written.reading < monthLimit }
        guard let offsetMinutes = written.offsetMinutes else { return written.reading < readingLimit }
        return written.reading - Int64(offsetMinutes) * 60_000_000 < instantLimit
    }

    /// The last day in words.
    package func text(_ ahead: ColumnDefinition.Ahead = .tomorrow) -> String {
        if case .month = ahead { "the month of tomorrow, \(day)" } else { "tomorrow, \(day)" }
    }
}
