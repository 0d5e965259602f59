/// Daily usage counts of an account, oldest first, ending the day before the day of scoring.
package struct UsageSeries: Sendable, Hashable {
    /// Active people per day (person-days).
    package let peopleByDay: [Int]
    /// Sum of quantities per day.
    package let quantityByDay: [Int]
    /// Usage rows per day; a day with rows is an active day.
    package let eventsByDay: [Int]
    /// Usage rows per day that name a person.
    package let namedEventsByDay: [Int]

    /// Four series of the same length, oldest day first, the last entry being the day before the day of scoring.
    package init(peopleByDay: [Int], quantityByDay: [Int], eventsByDay: [Int], namedEventsByDay: [Int]) {
        precondition(
            peopleByDay.count == quantityByDay.count && peopleByDay.count == eventsByDay.count
                && peopleByDay.count == namedEventsByDay.count, "usage series differ in length")
        self.peopleByDay = peopleByDay
        self.quantityByDay = quantityByDay
        self.eventsByDay = eventsByDay
        self.namedEventsByDay = namedEventsByDay
    }

    /// Days covered.
    package var days: Int { eventsByDay.count }

    /// What the trend counts: person-days where enough rows name a person, else quantity (mathematics §1.3).
    ///
    /// The share is that of the days up to the newest usage, so that a silence does not change it.
    package func unit(model: HealthModel) -> UsageUnit {
        guard let newest = eventsByDay.lastIndex(where: { $0 > 0 }) else { return .personDays }
        let range = max(0, newest + 1 - model.trend.namedShareDays)...newest
        return UsageUnit(
            events: eventsByDay[range].reduce(0, +), namedEvents: namedEventsByDay[range].reduce(0, +), model: model)
    }

    /// The counts per day in a unit.
    package func counts(in unit: UsageUnit) -> [Int] {
        switch unit {
        case .personDays: return peopleByDay
        case .quantity: return quantityByDay
        }
    }
}

/// What the usage trend counts.
package enum UsageUnit: Sendable, Hashable {
    /// People active per day.
    case personDays
    /// Sum of quantities.
    case quantity

    /// Person-days where enough of some usage rows name a person, else quantity.
    init(events: Int, namedEvents: Int, model: HealthModel) {
        let isNamed = events == 0 || Double(namedEvents) >= model.trend.namedShare * Double(events)
        self = isNamed ? .personDays : .quantity
    }
}
