/// How much an account works with the product on each day, as a factor on the activity of its people.
struct DemoUsageLevel {
    /// Share of a working day that is done at weekends.
    private static let weekendShare = 0.08
    /// Share of a working day that is done on public holidays.
    private static let holidayShare = 0.1

    /// One factor per day of the facts.
    let factors: [Double]

    init(account: DemoAccount, calendar: DemoCalendar, seed: UInt64) {
        var random = DemoRandom(seed: seed, purpose: .weekEffect, number: account.number)
        // Where usage breaks away, it was even before: that is what makes the break a story.
        let isEven = account.story == .usageCliff || account.story == .slowDecline
        let deviation = random.real(isEven ? 0.08...0.14 : 0.2...0.38)
        let growth = random.real(-0.08...0.2)
        var weekEffect = deviation * random.normal()
        let troubles = account.life.troubles.filter { $0.cause == .usageFalls }
        var factors: [Double] = []
        factors.reserveCapacity(calendar.usageDays)
        for day in -calendar.usageDays..<0 {
            // What moves a week moves the next one half as much: usage comes in stretches, not in independent days.
            if (day + calendar.usageDays) % 7 == 0 {
                weekEffect = 0.5 * weekEffect + 0.866 * deviation * random.normal()
            }
            guard day > account.createdOn, day < account.lostOn ?? 0, account.story != .unknown else {
                factors.append(0)
                continue
            }
            let drift = 1 + growth * Double(day + calendar.usageDays) / Double(calendar.usageDays)
            factors.append(
                Self.rampUp(age: day - account.createdOn) * drift * max(0.3, 1 + weekEffect)
                    * calendar.seasonFactor(day) * Self.dayFactor(day, of: account, calendar: calendar)
                    * Self.storyFactor(day, of: account)
                    * troubles.reduce(1) { $0 * $1.usageLeft(on: day) })
        }
        self.factors = factors
    }

    private static func rampUp(age: Int) -> Double {
        min(1, 0.4 + 0.6 * Double(age) / 42)
    }

    private static func dayFactor(_ day: Int, of account: DemoAccount, calendar: DemoCalendar) -> Double {
        let rhythm: Double
        switch account.rhythm {
        case .daily: rhythm = 1
        case .weekly(let remainder): rhythm = -day % 7 == remainder ? 2.6 : 0.3
        case .monthly:
            let dayOfMonth = calendar.dayOfMonth(day)
            rhythm = dayOfMonth >= 25 || dayOfMonth <= 3 ? 2 : 0.05
        }
        if calendar.isWeekend(day) { return rhythm * weekendShare }
        return rhythm * (calendar.isHoliday(day, in: account.name.country) ? holidayShare : 1)
    }

    private static func storyFactor(_ day: Int, of account: DemoAccount) -> Double {
        let start = account.storyStart
        guard day >= start else { return 1 }
        let share = start < 0 ? Double(day - start) / Double(-start) : 1
        switch account.story {
        case .usageCliff: return 0.03
        case .slowDecline: return 1 - 0.92 * share
        case .growing: return 1 + 0.5 * share
        case .dormant: return 0
        case .steady, .lukewarm, .championLeft, .championSilent, .detractorDecides, .billingOverdue, .urgentTickets,
            .noticeDespiteHealth, .fewPeopleForSeats, .onboarding, .unknown:
            return 1
        }
    }
}
