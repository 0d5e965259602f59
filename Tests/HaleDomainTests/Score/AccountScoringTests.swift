import HaleDomain
import Testing

@Suite struct `Scoring of an account` {
    // A Monday.
    private let asOf = Day(daysSince2000: 9_557)

    private func portfolio(accounts: Int = 50, usageAge: Int? = 1, isOutage: Bool = false) -> PortfolioFigures {
        PortfolioFigures(
            accounts: accounts, isOutage: isOutage,
            feeds: PortfolioFeeds(
                usageFirstDay: usageAge == nil ? nil : asOf - 400, usageAgeDays: usageAge, ticketAgeDays: 1,
                invoiceAgeDays: 1, keyFeatures: 5), model: .default)
    }

    private func healthy(_ count: (Int) -> Int = { _ in 12 }) -> AccountFeatures {
        AccountFeatures(
            accountKey: 7, accountID: "acme", startedOn: asOf - 300, usage: usageSeries(count), activePeople28d: 31,
            seats: 40, keyFeaturesUsed: 4, champion: .active(daySet(1...100)),
            responses: [NPSResponse(score: 9, role: .admin, ageDays: 20)], overdueDays: 0,
            contracts: [ContractFacts(contractID: "c", arrMinor: 100, renewsOn: asOf + 200)])
    }

    private func score(
        _ features: AccountFeatures, _ portfolio: PortfolioFigures? = nil, day: Day? = nil, after: ScoreState? = nil
    ) -> AccountScore {
        AccountScoring.score(
            features, portfolio: portfolio ?? self.portfolio(), model: .default, calendar: BusinessCalendar(),
            asOf: day ?? asOf,
            previous: after)
    }

    private func daySet(_ daysBefore: ClosedRange<Int>) -> DaySet {
        var days = DaySet(days: 182)
        for day in daysBefore { days.insert(daysBefore: day) }
        return days
    }

    private let usageKinds: [DriverKind] = [.trend, .seats, .recency, .breadth]

    private func reading(_ score: AccountScore, _ kind: DriverKind) -> DriverReading { score.readings[kind.index] }

    @Test func `explains a healthy account`() {
        let score = score(healthy())
        #expect(score.isScored && score.band == .green && score.exceptions == [])
        #expect(score.flags == RiskFlags())
        #expect(abs((reading(score, .trend).x ?? 0) - 0.65) < 1e-6)
        #expect(abs((reading(score, .seats).x ?? 0) - 31.0 / 40 / 0.8) < 1e-12)
        #expect(reading(score, .recency).x == 1)
        #expect(reading(score, .breadth).x == 1)
        #expect(reading(score, .netPromoter).x == 1)
        #expect(reading(score, .netPromoter).mu == 0.5)
        #expect(reading(score, .champion).x == 1)
        #expect(reading(score, .support) == DriverReading(x: 1, c: 1, mu: 0.65))
        #expect(reading(score, .billing) == DriverReading(x: 1, c: 1, mu: 0.65))
        #expect(score.smoothed.score == score.composition.score)
        #expect(score.facts.count == ScoreFact.allCases.count)
        #expect(
            score.texts == [
                "8.4 person-days a seat in 28 days; fewer than 20 peers to compare with",
                "336 active person-days in 28 days after 336: steady",
                "31 of 40 seats used in 28 days",
                "last active on 2026-03-01; active on 40 of 40 business days before",
                "4 of 5 key features used in 28 days",
                // One promoter of weight 2^(-1/9) = .926 after three prior answers: .926 / 3.926 = .236.
                "NPS 100 from 1 respondent; estimate 24 (90 % interval -32 to 79)",
                "champion last active on 2026-03-01; active on 40 of 40 business days before",
                "renewal due on 2026-09-18, decision in 170 days",
                "no open ticket",
                "no invoice overdue",
            ])
    }

    @Test func `sees a cliff and caps the band`() {
        // Nobody for seven days, of which five are business days.
        let features = healthy { $0 <= 7 ? 0 : 12 }
        let first = score(features)
        #expect(first.flags.cliffSince == asOf)
        #expect(first.exceptions == [.cliff])
        #expect(first.band != .green)
        #expect(reading(first, .recency).x == 0)
        let earlier = ScoreState(
            day: asOf - 1, smoothed: first.smoothed, computedBand: .green, daysInBand: 9, daysOnOtherSide: 0,
            runsBelow: 0, flags: RiskFlags(cliffSince: asOf - 1))
        #expect(score(features, after: earlier).flags.cliffSince == asOf - 1)
        // Back for two weeks, the flag goes off.
        #expect(score(healthy(), after: earlier).flags.cliffSince == nil)
    }

    @Test func `does not blame an account for a feed that stopped`() {
        let stopped = score(healthy { $0 <= 8 ? 0 : 12 }, portfolio(usageAge: 9, isOutage: true))
        #expect(stopped.flags.cliffSince == nil)
        #expect(reading(stopped, .trend).x == nil)
        #expect(reading(stopped, .recency).x == 1)
        #expect(abs(reading(stopped, .recency).c - 0.4) < 1e-12)
        let dead = score(healthy { $0 <= 28 ? 0 : 12 }, portfolio(usageAge: 29, isOutage: true))
        #expect(usageKinds.allSatisfy { reading(dead, $0).c == 0 })
    }

    @Test func `takes the silence of the only account for its own`() {
        #expect(score(healthy { $0 <= 8 ? 0 : 12 }, portfolio(accounts: 1, usageAge: 9)).flags.cliffSince == asOf)
    }

    @Test func `calls an account dormant that was silent for long`() {
        let dormant = score(healthy { $0 > 150 ? 12 : 0 })
        #expect(reading(dormant, .recency) == DriverReading(x: 0, c: 1, mu: 0.65))
        #expect(reading(dormant, .trend).x == nil)
        #expect(dormant.texts[DriverKind.recency.index] == "not active in 106 business days")
    }

    @Test func `takes usage that was never recorded for missing, not for zero`() {
        var features = healthy()
        features.usage = nil
        let score = score(features)
        for kind in usageKinds {
            #expect(reading(score, kind) == .none(mu: 0.65))
        }
        #expect(score.texts[0] == "no usage of this account was ever recorded")
    }

    @Test func `does not take usage without names for empty seats`() {
        var features = healthy()
        features.usage = usageSeries(named: false) { _ in 12 }
        features.activePeople28d = 0
        let score = score(features)
        #expect(reading(score, .seats).x == nil)
        #expect(score.drivers.windows?.unit == .quantity)
        #expect(score.drivers.windows?.recentSlow.count == 28 * 36)
        #expect(score.texts[DriverKind.seats.index] == "usage does not say who used the 40 seats")
        features.usage = usageSeries { $0 > 60 ? 12 : 0 }
        #expect(reading(self.score(features), .seats).x == 0)
    }

    @Test(arguments: [(34, false, true), (35, true, true), (29, false, false)])
    func `waits until an account is old enough`(age: Int, hasTrend: Bool, hasBreadth: Bool) {
        var features = healthy { $0 <= age ? 12 : 0 }
        features.startedOn = asOf - age
        let score = score(features)
        // At 35 days the prior window was observed for a week only: 5.2 business days are too few.
        #expect(score.drivers.slowTrend == nil)
        #expect((score.drivers.fastTrend != nil) == hasTrend)
        #expect((reading(score, .breadth).x != nil) == hasBreadth)
    }

    @Test func `knows no trend of an account whose age is unknown`() {
        var features = healthy()
        features.startedOn = nil
        let score = score(features)
        #expect(reading(score, .trend).x == nil && reading(score, .breadth).x == nil)
        #expect(reading(score, .recency).x == 1)
    }

    @Test func `has a bad champion driver only when they left or fell silent`() {
        var features = healthy()
        features.champion = .allLeft
        let left = score(features)
        #expect(reading(left, .champion) == DriverReading(x: 0, c: 1, mu: 0.65))
        #expect(left.flags.championLeftSince == asOf && left.exceptions == [.championLeft] && left.band == .amber)
        features.champion = .noneAssigned
        #expect(reading(score(features), .champion).x == nil)
        #expect(score(features).texts[DriverKind.champion.index] == "no champion is known")
        features.champion = .active(DaySet(days: 182))
        #expect(reading(score(features), .champion) == DriverReading(x: 0, c: 1, mu: 0.65))
        features.usage = usageSeries(named: false) { _ in 12 }
        #expect(reading(score(features), .champion).x == nil)
    }

    @Test(arguments: [
        (6, PersonRole.economicBuyer, 30, true), (7, .economicBuyer, 30, false), (6, .economicBuyer, 31, false),
        (0, .champion, 1, false),
    ])
    func `heeds a detractor who decides`(answer: Int, role: PersonRole, age: Int, isOn: Bool) {
        var features = healthy()
        features.responses = [NPSResponse(score: answer, role: role, ageDays: age)]
        #expect((score(features).flags.detractorSince != nil) == isOn)
    }

    @Test func `is unknown with too little data, and red under notice even then`() {
        var features = AccountFeatures(accountKey: 1, accountID: "new")
        let unknown = score(features, portfolio(usageAge: nil))
        #expect(!unknown.isScored && unknown.band == .unknown && unknown.exceptions == [])
        features.contracts = [
            ContractFacts(contractID: "c", arrMinor: 1, renewsOn: asOf + 90, noticeGiven: true)
        ]
        let notice = score(features, portfolio(usageAge: nil))
        #expect(notice.computedBand == .unknown && notice.band == .red && notice.exceptions == [.noticeGiven])
    }

    @Test func `keeps a flag between its two thresholds and without data`() {
        // 12 and then 8 a day: between 50 and 80 % sure that a quarter was lost.
        let features = healthy { $0 <= 28 ? 8 : 12 }
        let fresh = score(features)
        let probability = fresh.drivers.slowTrend?.probabilityDrop ?? 0
        #expect(probability > 0.5 && probability < 0.8)
        #expect(fresh.flags.declineSince == nil)
        var previous = fresh.state
        previous.day = asOf - 1
        previous.flags.declineSince = asOf - 5
        #expect(score(features, after: previous).flags.declineSince == asOf - 5)
        #expect(score(features, portfolio(isOutage: true), after: previous).flags.declineSince == asOf - 5)
        #expect(score(healthy(), after: previous).flags.declineSince == nil)
    }

    @Test func `sees a slow decline and a rise`() {
        #expect(score(healthy { $0 <= 28 ? 5 : 12 }).flags.declineSince == asOf)
        #expect(score(healthy { $0 <= 28 ? 20 : 12 }).flags.riseSince == asOf)
    }

    @Test func `is the same score when run twice`() {
        let features = healthy { ($0 * 31) % 17 }
        let first = score(features)
        #expect(score(features) == first)
        #expect(score(features, after: first.state) == first)
    }
}
