/// Hours of the week in which messages are sent, by the receiver's clock, written such as `mon-fri 08:00-18:00`.
package struct ActiveHours: Sendable, Hashable, LosslessStringConvertible {
    /// Days, 1 Monday to 7 Sunday, and minutes since midnight from the first to before the last.
    private struct Span: Sendable, Hashable {
        let days: Set<Int>
        let minutes: Range<Int>
    }

    private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let dayMinutes = 1_440
    /// Longest time that is waited before the clock is asked again, because zones change their offset: an hour.
    package static let longestWaitMinutes = 60

    /// The text it was read from.
    package let description: String
    private let spans: [Span]

    /// Spans separated by commas, each of days and hours; without days every day. An end before its start is past
    /// midnight, and 00:00 as an end is midnight, as 24:00 is. Nil for anything else.
    package init?(_ description: String) {
        var spans: [Span] = []
        for part in description.lowercased().split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: " ")
            guard (1...2).contains(words.count), let hours = words.last,
                let days = words.count == 2 ? Self.days(words[0]) : Set(1...7), let minutes = Self.minutes(hours)
            else { return nil }
            if minutes.start < minutes.end {
                spans.append(Span(days: days, minutes: minutes.start..<minutes.end))
            } else {
                spans.append(Span(days: days, minutes: minutes.start..<Self.dayMinutes))
                spans.append(Span(days: Set(days.map { $0 % 7 + 1 }), minutes: 0..<minutes.end))
            }
        }
        self.description = description
        self.spans = spans
    }

    /// Minutes until messages are sent, 0 now, and never more than the clock should be trusted for.
    /// - Parameters:
    ///   - weekday: 1 Monday to 7 Sunday.
    ///   - minute: Minutes since midnight.
    package func waitMinutes(weekday: Int, minute: Int) -> Int {
        for wait in 0..<Self.longestWaitMinutes {
            let later = minute + wait
            let day = (weekday - 1 + later / Self.dayMinutes) % 7 + 1
            if spans.contains(where: { $0.days.contains(day) && $0.minutes.contains(later % Self.dayMinutes) }) {
                return wait
            }
        }
        return Self.longestWaitMinutes
    }

    private static func days(_ text: Substring) -> Set<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { names.firstIndex(of: String($0)) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else { return nil }
        return Set((0...(last - first + 7) % 7).map { (first + $0) % 7 + 1 })
    }

    private static func minutes(_ text: Substring) -> (start: Int, end: Int)? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(minute)
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < dayMinutes, start != end else {
            return nil
        }
        return (start, end == 0 ? dayMinutes : end)
    }

    /// `HH:MM`, up to 24:00.
    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0.isASCII && $0.isWholeNumber } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= dayMinutes
        else { return nil }
        return hour * 60 + minute
    }
}
