/// A day, or a day with a time, as a column gives it; without an offset the time is in the organisation's time zone.
package struct CalendarInstant: Hashable, Sendable, CustomStringConvertible {
    /// The day as written.
    package let day: CalendarDay
    /// The time of day as written; nil for a plain day.
    package let time: TimeText?

    /// Reads a text in a column's format; a month alone is its first day where months are meant.
    package init(
        _ text: ArraySlice<UInt8>, format: ColumnFormat, takesMonths: Bool = false
    ) throws(ValueFault) {
        do {
            (day, time) = try DateText(text).dayAndTime(in: format, takesMonths: takesMonths)
        } catch {
            throw ValueFault(error, in: text)
        }
    }

    /// `YYYY-MM-DD`, or `YYYY-MM-DD HH:MM:SS[.ffffff][Z|±HH:MM]`.
    package var description: String {
        guard let time else { return day.description }
        var text: [UInt8] = []
        text.reserveCapacity(32)
        day.append(to: &text)
        text.append(0x20)
        time.append(to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
