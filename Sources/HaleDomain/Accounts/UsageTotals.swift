/// What an account and its people did in the 28 days that lists and rules show, whatever windows a model looks at.
package struct UsageTotals: Sendable, Hashable {
    /// Days of the window, and of the one before it.
    package static let days = 28

    /// Usage rows of the window.
    package var events = 0
    /// Usage rows of the window before.
    package var priorEvents = 0
    /// Sum of the quantities of the window.
    package var quantity = 0
    /// Days of the window with usage.
    package var activeDays = 0
    /// Different people of the window.
    package var activePeople = 0
    /// The last day with usage, however old; nil if there was none.
    package var lastActiveOn: Day?

    /// Nothing yet.
    package init() {}

    /// Adds a month.
    /// - Parameters:
    ///   - first: Its first day.
    ///   - activeDays: Bit k is set when there was usage k days after the first.
    ///   - events: Sums usage rows over days of the month, counted from 0.
    ///   - quantity: Sums quantities over them.
    package mutating func add(
        month first: Day, activeDays days: UInt32, asOf: Day, events: (Range<Int>) -> Int, quantity: (Range<Int>) -> Int
    ) {
        let window = asOf - Self.days..<asOf
        let before = asOf - 2 * Self.days..<asOf - Self.days
        func part(_ days: Range<Day>) -> Range<Int> {
            let start = max(0, days.lowerBound - first)
            return start..<max(start, min(31, days.upperBound - first))
        }
        let (own, earlier) = (part(window), part(before))
        if !own.isEmpty {
            activeDays += (days & MonthDays.mask(of: first, in: window)).nonzeroBitCount
            self.events = self.events.addingBounded(events(own))
            self.quantity = self.quantity.addingBounded(quantity(own))
        }
        if !earlier.isEmpty { priorEvents = priorEvents.addingBounded(events(earlier)) }
    }
}

extension Int {
    fileprivate func addingBounded(_ other: Int) -> Int {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? .max : sum
    }
}
