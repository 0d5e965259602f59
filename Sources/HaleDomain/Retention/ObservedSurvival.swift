/// The share of customers still there after so many days, as it was observed: the estimate of Kaplan and Meier, in which
/// a customer counts for as long as it is known whether they were there (mathematics §3).
package struct ObservedSurvival: Sendable, Hashable {
    /// A day on which customers left.
    package struct Step: Sendable, Hashable {
        /// Days since the beginning, 365 a year.
        package let days: Int
        /// Customers who left on it.
        package let lost: Int
        /// Customers known to be there after it.
        package let atRisk: Int
        /// Share of all customers still there after it.
        package let survival: Double
    }

    package static let daysOfYear = 365

    /// Customers of whom anything is known.
    package let customers: Int
    /// The days on which customers left, in order.
    package let steps: [Step]
    /// The last day on which anybody was at risk: nothing is observed after it; nil without customers.
    package let lastDay: Int?
    /// How long each customer was there or was observed, and whether it left, the shortest first.
    private let durations: [Duration]

    private struct Duration: Sendable, Hashable {
        let days: Int
        let isLost: Bool
    }

    /// What is known of customers on a day.
    package init(_ lifetimes: [CustomerLifetime], asOf day: Day) {
        durations = lifetimes.compactMap { $0.observation(asOf: day) }
            .map { Duration(days: $0.days, isLost: $0.isLost) }
            // Who is still there on a day is at risk on it: losses come first.
            .sorted { $0.days != $1.days ? $0.days < $1.days : $0.isLost && !$1.isLost }
        customers = durations.count
        lastDay = durations.last?.days
        var steps: [Step] = []
        var (kept, index) = (1.0, 0)
        while index < durations.count {
            let days = durations[index].days
            let before = durations.count - index
            let lost = durations[index...].prefix { $0.days == days && $0.isLost }.count
            if lost > 0 {
                kept *= Double(before - lost) / Double(before)
                steps.append(Step(days: days, lost: lost, atRisk: before - lost, survival: kept))
            }
            index += lost
            while index < durations.count, durations[index].days == days { index += 1 }
        }
        self.steps = steps
    }

    /// Share of all customers still there after some days; nil where nobody was at risk any more.
    package func survival(afterDays days: Int) -> Double? {
        guard let lastDay, days <= lastDay else { return nil }
        return steps.last { $0.days <= days }?.survival ?? 1
    }

    /// Customers known to be there after some days.
    package func atRisk(afterDays days: Int) -> Int {
        durations.count { $0.days > days || $0.days == days && !$0.isLost }
    }
}
