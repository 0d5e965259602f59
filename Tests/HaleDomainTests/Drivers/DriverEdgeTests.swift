import HaleDomain
import Testing

/// Every driver on the last day of its evidence's window and on the day after, with values worked out by hand.
@Suite struct `Drivers at the edges of their windows` {
    // A Monday.
    private let asOf = Day(daysSince2000: 9_557)

    private var portfolio: PortfolioFigures {
        PortfolioFigures(
            accounts: 50,
            feeds: PortfolioFeeds(
                usageFirstDay: asOf - 1_000, usageAgeDays: 1, ticketAgeDays: 1, invoiceAgeDays: 1, keyFeatures: 5),
            model: .default)
    }

    /// Two people on every day up to a number of days ago.
    private func silent(_ days: Int) -> AccountFeatures {
        AccountFeatures(
            accountKey: 1, accountID: "a", startedOn: asOf - 900, usage: usageSeries { $0 > days ? 2 : 0 },
            activePeople28d: days < 28 ? 2 : 0, seats: 10, keyFeaturesUsed: days < 28 ? 3 : 0)
    }

    private func reading(
        _ kind: DriverKind, _ features: AccountFeatures, _ change: (inout PortfolioFigures) -> Void = { _ in },
        model: HealthModel = .default
    ) -> DriverReading {
        var figures = portfolio
        change(&figures)
        let drivers = AccountDrivers(
            features, portfolio: figures, model: model, calendar: BusinessCalendar(), asOf: asOf)
        return drivers.readings[model.position(of: kind) ?? 0]
    }

    @Test func `seats and breadth fall to nothing used, which is known`() {
        #expect(reading(.seats, silent(27)).x == 0.25)
        #expect(reading(.seats, silent(28)).x == 0)
        #expect(abs(reading(.seats, silent(28)).c - 10.0 / 15) < 1e-12)
        #expect(reading(.breadth, silent(27)).x == 1)
        #expect(reading(.breadth, silent(28)) == DriverReading(x: 0, c: 1, mu: 0.65))
    }

    @Test func `the trend has nothing to compare once both windows are empty`() {
        let last = reading(.trend, silent(55))
        #expect(last.x == 0 && last.c > 0)
        #expect(reading(.trend, silent(56)).x == nil)
    }

    @Test func `silence stays silence when it is too long for a baseline, and for the look-back`() {
        // Of those who came daily a silence of 126 days leaves nothing: 1 - 90 ln(1 - .75) / ln .001 < 0.
        #expect(reading(.recency, silent(126)) == DriverReading(x: 0, c: 0.8, mu: 0.65))
        for days in [127, 181, 182] {
            #expect(reading(.recency, silent(days)) == DriverReading(x: 0, c: 1, mu: 0.65), "\(days)")
        }
    }

    @Test(arguments: [(182, false), (182, true)])
    func `a champion seen before is silent beyond the look-back, whatever usage says`(days: Int, isNamed: Bool) {
        var features = silent(0)
        if !isNamed { features.usage = usageSeries(named: false) { _ in 2 } }
        var seen = DaySet(days: 182)
        for day in days...182 { seen.insert(daysBefore: day) }
        features.champion = .active(seen)
        #expect(reading(.champion, features) == DriverReading(x: 0, c: 1, mu: 0.65))
        features.champion = .active(DaySet(days: 182), seenBefore: true)
        #expect(reading(.champion, features) == DriverReading(x: 0, c: 1, mu: 0.65))
        // One of whom nobody ever saw anything is silent only where usage would have named them.
        features.champion = .active(DaySet(days: 182))
        #expect((reading(.champion, features).x == 0) == isNamed)
    }

    @Test func `an answer counts for 730 days, by then hardly`() {
        var features = silent(0)
        features.responses = [NPSResponse(score: 10, role: .user, ageDays: 730)]
        let last = reading(.netPromoter, features)
        // .75 · 2^(-730 / 180) = .0451 after three prior answers.
        #expect(last.x == 1 && abs(last.c - 0.0451 / 3.0451) < 1e-4)
        features.responses = [NPSResponse(score: 10, role: .user, ageDays: 731)]
        #expect(reading(.netPromoter, features).x == nil)
    }

    @Test func `feeds count for 28 days, by then a sixteenth`() {
        var features = silent(0)
        features.openTickets = OpenTickets(priority1: 1)
        features.overdueDays = 30
        for kind in [DriverKind.support, .billing] {
            let last = reading(kind, features) {
                $0.feeds.ticketAgeDays = 28
                $0.feeds.invoiceAgeDays = 28
            }
            #expect(last == DriverReading(x: 0.5, c: 0.0625, mu: 0.65))
            let after = reading(kind, features) {
                $0.feeds.ticketAgeDays = 29
                $0.feeds.invoiceAgeDays = 29
            }
            #expect(after.x == nil && after.c == 0)
        }
    }

    @Test func `what the CSM felt counts for 90 days`() {
        var model = HealthModel.default
        model.drivers.append(
            DriverSetting(kind: .sentiment, dimension: "sentiment", name: "csm", dimensionWeight: 0.2, weight: 1))
        var features = silent(0)
        features.pulse = Pulse(value: 2, ageDays: 90)
        #expect(reading(.sentiment, features, model: model) == DriverReading(x: 0.25, c: 1, mu: 0.65))
        features.pulse = Pulse(value: 2, ageDays: 91)
        #expect(reading(.sentiment, features, model: model).x == nil)
    }

    @Test func `a level stays known when nobody comes`() {
        let peers = PeerLevel(accounts: 20, median: -2, deviation: 1)
        let group = PeerGroup(basis: .personDaysPerSeat)
        let figures: (inout PortfolioFigures) -> Void = { $0.peerLevels = PeerLevels([group: peers]) }
        // n = 0: y = ln(.5 / 208) = -6.03, w = 1 / (1 + 2 + k), and a k of .01 gives Phi(w (y + 2)) = Phi(-1.34) = .09.
        let none = reading(.level, silent(182), figures)
        #expect(abs((none.x ?? 0) - 0.09) < 0.01 && abs(none.c - 0.33) < 0.01)
        for days in [27, 28, 56, 127] {
            let some = reading(.level, silent(days), figures)
            #expect(some.x ?? 1 < 0.13 && some.c > 0.25, "\(days)")
        }
    }
}
