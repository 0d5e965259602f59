import HaleDomain
import Testing

@Suite struct `Figures of a portfolio` {
    // A Monday, so that every window begins and ends with a week.
    private let asOf = Day(daysSince2000: 9_557)

    private func feeds(firstUsage days: Int = 400) -> PortfolioFeeds {
        PortfolioFeeds(
            usageFirstDay: asOf - days, usageAgeDays: 1, ticketAgeDays: 3, invoiceAgeDays: nil, keyFeatures: 6)
    }

    private func account(
        _ key: Int64 = 1, age: Int = 200, responses: [NPSResponse] = [], _ count: (Int) -> Int
    ) -> AccountFeatures {
        AccountFeatures(
            accountKey: key, accountID: "a\(key)", startedOn: asOf - age, usage: usageSeries(count),
            responses: responses)
    }

    private func figures(
        _ accounts: [AccountFeatures], firstUsage days: Int = 400, calendar: BusinessCalendar = BusinessCalendar()
    ) -> PortfolioFigures {
        var summary = PortfolioSummary(feeds: feeds(firstUsage: days), calendar: calendar, asOf: asOf, model: .default)
        for account in accounts { summary.add(account) }
        return summary.figures()
    }

    private func isWeekend(_ daysBefore: Int) -> Bool { (asOf - daysBefore).isWeekend }

    /// Ten people on a weekday and two on a weekend day; half of them in the last 28 days.
    private func halved(_ daysBefore: Int) -> Int {
        (isWeekend(daysBefore) ? 2 : 10) / (daysBefore <= 28 ? 2 : 1)
    }

    @Test func `of twenty equal accounts follow from one of them`() {
        let figures = figures((1...20).map { account($0, halved) })
        #expect(figures.accounts == 20)
        // Weekdays: (40 · 10 + 20 · 5) / 60; weekend days: (16 · 2 + 8 · 1) / 24.
        #expect(abs(figures.weekendWeight - 0.2) < 1e-12)
        #expect(figures.weekIndex == Array(repeating: 1, count: 8))
        // Equal weeks vary less than Poisson, so each estimate is at its least.
        #expect(figures.dispersion == 0.01)
        // n1 = 108, n0 = 216, equal exposures.
        #expect(abs(figures.slowRatio - 108.5 / 216.5) < 1e-12)
        // 7 days against the 28 before: n1 = 27, n0 = 81 + 54, exposures 5.4 and 21.6.
        #expect(abs(figures.fastRatio - (27.5 / 135.5) / 0.25) < 1e-12)
        #expect(!figures.isOutage)
        #expect(figures.feeds == feeds())
    }

    @Test func `of fewer accounts keep their defaults, all but the weekend's weight`() {
        let figures = figures((1...19).map { account($0, halved) })
        #expect(figures.slowRatio == 1 && figures.fastRatio == 1)
        #expect(figures.dispersion == 0.06)
        #expect(figures.weekIndex == Array(repeating: 1, count: 8))
        #expect(abs(figures.weekendWeight - 0.2) < 1e-12)
    }

    @Test func `take the median of the accounts`() {
        // Account i has i % 3 + 1 times ten per weekday lately after ten: ratios near 1, 2 and 3.
        let accounts = (0..<21).map { index in
            account(Int64(index)) { day in isWeekend(day) ? 0 : day <= 28 ? 10 * (index % 3 + 1) : 10 }
        }
        #expect(abs(figures(accounts).slowRatio - 400.5 / 200.5) < 1e-12)
        #expect(figures(accounts).weekendWeight == 0)
    }

    @Test func `index the weeks by their share of all counts`() {
        // The oldest baseline week has twice the counts of each other one: 8 weeks sum to 9 shares.
        let figures = figures((1...20).map { account($0) { day in day > 77 ? 20 : 10 } })
        #expect(
            zip(figures.weekIndex, [16.0 / 9] + Array(repeating: 8.0 / 9, count: 7)).allSatisfy { abs($0 - $1) < 1e-12 }
        )
    }

    @Test func `do not count exposure twice when a holiday falls into a window`() {
        // Nobody works on the five holidays of the last 28 days; the rate on business days is unchanged.
        let holidays = Set((1...7).map { asOf - $0 }.filter { !$0.isWeekend })
        let accounts = (1...20).map { key in
            var account = account(Int64(key)) { day in isWeekend(day) || day <= 7 ? 0 : 10 }
            account.country = "DE"
            return account
        }
        let ratio = figures(accounts, calendar: BusinessCalendar(holidays: ["DE": holidays])).slowRatio
        // n1 = 150 in 15 business days, n0 = 200 in 20.
        #expect(abs(ratio - (150.5 / 200.5) / 0.75) < 1e-12)
    }

    @Test func `leave out young and quiet accounts`() {
        let old = (1...19).map { account($0, halved) }
        #expect(figures(old + [account(20, age: 84, halved)]).slowRatio == 1)
        #expect(figures(old + [account(20, age: 85, halved)]).slowRatio != 1)
        // 19 counts in the baseline are too few, 20 are enough.
        #expect(figures(old + [account(20) { $0 <= 28 + 19 && $0 > 28 ? 1 : 0 }]).dispersion == 0.06)
        #expect(figures(old + [account(20) { $0 <= 28 + 20 && $0 > 28 ? 1 : 0 }]).dispersion == 0.01)
        #expect(figures((1...20).map { account($0, halved) }, firstUsage: 83).slowRatio == 1)
    }

    @Test(arguments: [(2, 2, true), (3, 2, false), (2, 1, false)])
    func `see broken tracking in the last week of at least two accounts`(count: Int, accounts: Int, isOutage: Bool) {
        // A baseline week has 70 counts, the last week 14 (.2) or 21 (.3).
        let figures = figures((1...accounts).map { account(Int64($0)) { day in day <= 7 ? count : 10 } })
        #expect(figures.isOutage == isOutage)
    }

    @Test func `take the shares of thirty responses for the prior`() {
        func accounts(_ promoters: Int, _ passives: Int, _ detractors: Int) -> [AccountFeatures] {
            let scores =
                Array(repeating: 9, count: promoters) + Array(repeating: 8, count: passives)
                + Array(repeating: 2, count: detractors)
            return scores.enumerated().map { index, score in
                account(Int64(index), responses: [NPSResponse(score: score, role: .user, ageDays: 10)]) { _ in 0 }
            }
        }
        let enough = figures(accounts(15, 9, 6))
        #expect(enough.npsShares == NPSShares(promoters: 0.5, passives: 0.3, detractors: 0.2))
        #expect(enough.npsResponses == 30)
        #expect(figures(accounts(15, 9, 5)).npsShares == NPSShares(promoters: 0.25, passives: 0.5, detractors: 0.25))
    }

    @Test func `are the same in any order`() {
        let accounts = (0..<30).map { index in
            account(Int64(index)) { day in (day * 7 + index * 13) % 11 }
        }
        #expect(figures(accounts.reversed()) == figures(accounts))
    }

    @Test func `of nothing are the defaults`() {
        #expect(figures([]) == PortfolioFigures(feeds: feeds(), model: .default))
    }
}

extension PortfolioSummary {
    /// Adds an account with its usage of every day, and its responses.
    fileprivate mutating func add(_ account: AccountFeatures) {
        for response in account.responses { addResponses(score: response.score, count: 1) }
        add(
            AccountActivity(
                key: account.accountKey, startedOn: account.startedOn, country: account.country,
                usage: account.usage.map { .series($0) }, activePeople: account.activePeople28d,
                champion: account.champion))
    }
}
