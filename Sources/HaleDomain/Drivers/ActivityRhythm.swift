/// The business days on which recency is judged: a baseline up to the last activity, and the silence since.
package struct ActivityRhythm: Sendable, Hashable {
    /// Baseline days with activity.
    package let activeDays: Int
    /// Business days of the baseline, at most 40.
    package let baselineDays: Int
    /// Complete business days of silence.
    package let silentDays: Int
    /// Last day with activity; nil if none is known or the silence is too long for a baseline before it.
    package let lastActiveOn: Day?

    /// What is observed of an account or person.
    package struct Observation: Sendable {
        /// First day on which activity would have been seen.
        package var observedFrom: Day
        /// First day on which activity would no longer have been seen: the day of scoring, earlier if the feed
        /// stopped.
        package var observedTo: Day
        /// Country whose business days count.
        package var country: String?

        /// What is observed of an account or person.
        package init(observedFrom: Day, observedTo: Day, country: String?) {
            self.observedFrom = observedFrom
            self.observedTo = observedTo
            self.country = country
        }
    }

    /// Measures the rhythm from a test for activity on a day.
    ///
    /// Without activity, or after a silence longer than the model allows, the baseline is the last observed
    /// business days with no activity (dormant). Someone active on weekends only is measured by those days.
    package static func measure(
        _ observation: Observation, lastActiveOn: Day?, calendar: BusinessCalendar, model: HealthModel,
        isActive: (Day) -> Bool
    ) -> ActivityRhythm {
        let parameters = model.recency
        let country = observation.country
        let end = observation.observedTo
        guard let last = lastActiveOn, end - last - 1 <= parameters.maximumSilenceDays else {
            let start = max(observation.observedFrom, end - parameters.lookbackDays)
            let observed = start < end ? calendar.businessDays(in: start..<end, country: country) : 0
            let silence = max(start, lastActiveOn.map { $0 + 1 } ?? start)
            return ActivityRhythm(
                activeDays: 0, baselineDays: min(parameters.baselineDays, observed),
                silentDays: silence < end ? calendar.businessDays(in: silence..<end, country: country) : 0,
                lastActiveOn: nil)
        }
        var baseline = 0
        var activeBusinessDays = 0
        var activeOtherDays = 0
        var day = last
        // Looked up once: a year of days would otherwise be looked for in sets.
        let holidays = calendar.weekdayHolidays(of: country)
        while baseline < parameters.baselineDays, day >= observation.observedFrom {
            if BusinessCalendar.isBusinessDay(day, weekdayHolidays: holidays) {
                baseline += 1
                if isActive(day) { activeBusinessDays += 1 }
            } else if isActive(day) {
                activeOtherDays += 1
            }
            day = day - 1
        }
        let silent = last + 1 < end ? calendar.businessDays(in: (last + 1)..<end, country: country) : 0
        return ActivityRhythm(
            activeDays: activeBusinessDays > 0 ? activeBusinessDays : min(activeOtherDays, baseline),
            baselineDays: baseline, silentDays: silent, lastActiveOn: last)
    }
}
