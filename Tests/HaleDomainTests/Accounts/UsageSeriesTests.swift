import HaleDomain
import Testing

/// A series of the default length from the counts some days before the day of scoring (1 is yesterday).
func usageSeries(
    days: Int = RecencyParameters().lookbackDays, named: Bool = true, _ count: (Int) -> Int
) -> UsageSeries {
    let counts = (1...days).reversed().map(count)
    return UsageSeries(
        peopleByDay: named ? counts : counts.map { _ in 0 }, quantityByDay: counts.map { $0 * 3 }, eventsByDay: counts,
        namedEventsByDay: named ? counts : counts.map { _ in 0 })
}

@Suite struct `A usage series` {
    @Test func `counts person-days where four of five rows name a person, else quantity`() {
        func series(named: Int) -> UsageSeries {
            UsageSeries(peopleByDay: [1], quantityByDay: [9], eventsByDay: [10], namedEventsByDay: [named])
        }
        #expect(series(named: 8).unit(model: .default) == .personDays)
        #expect(series(named: 7).unit(model: .default) == .quantity)
    }

    @Test func `judges the share by the last 84 days, after a longer silence by all`() {
        let old = usageSeries { $0 > 84 ? 5 : 0 }
        #expect(old.unit(model: .default) == .personDays)
        #expect(usageSeries(named: false) { $0 > 84 ? 5 : 0 }.unit(model: .default) == .quantity)
        #expect(usageSeries { _ in 0 }.unit(model: .default) == .personDays)
    }
}

@Suite struct `Usage windows` {
    // A Monday.
    private let asOf = Day(daysSince2000: 9_557)

    private func windows(
        _ series: UsageSeries, from days: Int = 400, calendar: BusinessCalendar = BusinessCalendar()
    ) -> UsageWindows {
        let unit = series.unit(model: .default)
        return UsageWindows(
            counts: series.counts(in: unit), unit: unit, observedFrom: asOf - days, country: "DE", calendar: calendar,
            asOf: asOf, model: .default)
    }

    @Test func `sum whole days, end exclusive`() {
        // Each day counts a power of its window, so that a day in the wrong window shows.
        let windows = windows(
            usageSeries { $0 <= 7 ? 1 : $0 <= 28 ? 100 : $0 <= 35 ? 10_000 : $0 <= 56 ? 1_000_000 : 0 })
        #expect(windows.recentFast.count == 7)
        #expect(windows.priorFast.count == 21 * 100 + 7 * 10_000)
        #expect(windows.recentSlow.count == 7 + 21 * 100)
        #expect(windows.priorSlow.count == 7 * 10_000 + 21 * 1_000_000)
        #expect(windows.recentSlow.businessDays == 20 && windows.recentSlow.otherDays == 8)
        #expect(windows.recentFast.exposure(weekendWeight: 0.1) == 5.2)
    }

    @Test func `hold the eight weeks before the recent window, oldest first`() {
        let windows = windows(usageSeries { day in day > 28 ? (day - 29) / 7 + 1 : 0 })
        #expect(windows.baselineWeeks == [56, 49, 42, 35, 28, 21, 14, 7])
        #expect(windows.observedWeeks == 8)
    }

    @Test func `count observed days only`() {
        let windows = windows(usageSeries { _ in 1 }, from: 45)
        #expect(windows.priorSlow.count == 17)
        #expect(windows.priorSlow.businessDays + windows.priorSlow.otherDays == 17)
        #expect(windows.observedWeeks == 2)
        #expect(windows.observedBaseline == [7, 7])
    }

    @Test func `take holidays for free days`() {
        let calendar = BusinessCalendar(holidays: ["DE": [asOf - 3, asOf - 4, asOf - 31]])
        let windows = windows(usageSeries { _ in 1 }, calendar: calendar)
        #expect(windows.recentSlow.businessDays == 18 && windows.recentSlow.otherDays == 10)
        #expect(windows.priorSlow.businessDays == 19)
        #expect(windows.recentFast.businessDays == 3)
    }

    @Test func `survive a series shorter than they are, and an account of tomorrow`() {
        let short = windows(usageSeries(days: 10) { _ in 1 })
        #expect(short.recentSlow.count == 10 && short.priorSlow.count == 0 && short.observedWeeks == 0)
        let tomorrow = windows(usageSeries { _ in 1 }, from: -1)
        #expect(tomorrow.recentSlow.count == 0 && tomorrow.recentSlow.businessDays == 0)
    }
}

@Suite struct `The rhythm of an account` {
    // A Monday.
    private let asOf = Day(daysSince2000: 9_557)

    private func rhythm(_ series: UsageSeries, from days: Int = 400, to end: Int = 0) -> ActivityRhythm {
        ActivityRhythm.measure(
            ActivityRhythm.Observation(observedFrom: asOf - days, observedTo: asOf - end, country: nil),
            lastActiveOn: series.eventsByDay.lastIndex { $0 > 0 }.map { asOf - (series.days - $0) },
            calendar: BusinessCalendar(), model: .default,
            isActive: { day in
                let index = series.days - (asOf - day)
                return series.eventsByDay.indices.contains(index) && series.eventsByDay[index] > 0
            })
    }

    @Test func `counts business days up to the last activity and the silence since`() {
        // Last active on the Wednesday twelve days ago, on Wednesdays only: silent on seven business days.
        let rhythm = rhythm(usageSeries { $0 >= 12 && ($0 - 12) % 7 == 0 ? 1 : 0 })
        #expect(rhythm.baselineDays == 40)
        #expect(rhythm.activeDays == 8)
        #expect(rhythm.silentDays == 7)
        #expect(rhythm.lastActiveOn == asOf - 12)
    }

    @Test func `has a baseline no longer than what was observed`() {
        let rhythm = rhythm(usageSeries { $0 <= 14 ? 1 : 0 }, from: 14)
        #expect(rhythm.baselineDays == 10 && rhythm.activeDays == 10 && rhythm.silentDays == 0)
    }

    @Test func `is dormant without activity and after a silence too long for a baseline`() {
        let never = rhythm(usageSeries { _ in 0 }, from: 35)
        #expect(never.baselineDays == 25 && never.activeDays == 0 && never.lastActiveOn == nil)
        let justKnown = rhythm(usageSeries { $0 >= 127 ? 1 : 0 })
        #expect(justKnown.activeDays == 40 && justKnown.baselineDays == 40 && justKnown.silentDays == 90)
        let tooLong = rhythm(usageSeries { $0 >= 128 ? 1 : 0 })
        #expect(tooLong.activeDays == 0 && tooLong.baselineDays == 40 && tooLong.lastActiveOn == nil)
    }

    @Test func `ends where the feed ends`() {
        let rhythm = rhythm(usageSeries { $0 >= 12 ? 1 : 0 }, to: 11)
        #expect(rhythm.silentDays == 0)
    }

    @Test func `of weekend users is taken from weekends`() {
        // Yesterday was a Sunday.
        let rhythm = rhythm(usageSeries { $0 % 7 == 1 ? 1 : 0 })
        #expect(rhythm.baselineDays == 40)
        #expect(rhythm.activeDays == 8)
    }
}
