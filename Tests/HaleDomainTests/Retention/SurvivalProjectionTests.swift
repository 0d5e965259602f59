import HaleDomain
import Testing

@Suite struct `How long customers stay` {
    private let day = Day(daysSince2000: 9_557)  // 2026-03-02

    /// Customers of one cohort that is so many years old: how many are there at the start and after each year.
    private func customers(_ alive: [Int]) -> [CustomerLifetime] {
        let first = day.adding(months: -12 * (alive.count - 1))
        return (0..<alive[0]).map { number in
            let years = alive.dropFirst().count { $0 > number }
            let isLost = years < alive.count - 1
            return CustomerLifetime(
                accountID: "A-\(number)", account: "", firstOn: first,
                lostOn: isLost ? first.adding(months: 12 * (years + 1)) : nil, arrMinor: 1_000)
        }
    }

    @Test func `counts the years that are over, and the one in which somebody left`() throws {
        let first = try #require(Day(iso: "2024-02-29"))
        func years(_ lost: String?) throws -> [Bool] {
            CustomerLifetime(
                accountID: "A", account: "", firstOn: first, lostOn: try lost.map { try #require(Day(iso: $0)) }
            ).years(asOf: day)
        }
        #expect(try years(nil) == [true, true])
        #expect(try years("2025-02-28") == [false])
        #expect(try years("2025-03-01") == [true, false])
        #expect(try years("2026-03-01") == [true, true, false])
        // Who will leave tomorrow is here today.
        #expect(try years("2026-03-03") == [true, true])
        #expect(
            CustomerLifetime(accountID: "A", account: "", firstOn: day - 100).years(asOf: day) == [])
    }

    /// Fader and Hardie's table of the segment "Regular".
    @Test func `is projected as published, with an interval that narrows as customers grow in number`() {
        let alive = [1000, 631, 468, 382, 326, 289, 262, 241]
        let many = SurvivalProjection(customers(alive), asOf: day, horizon: 12)
        #expect(many.basis == .shiftedBetaGeometric && many.customers == 1_000 && many.periods == 7)
        #expect(abs(many.model.alpha - 0.704) < 0.002 && abs(many.model.beta - 1.182) < 0.002)
        #expect(many.years.prefix(7).map { Int(((($0.observed) ?? 0) * 1_000).rounded()) } == Array(alive.dropFirst()))
        #expect(many.years.dropFirst(7).allSatisfy { $0.observed == nil && $0.asked == 0 })
        for year in many.years { #expect(year.low90 < year.expected && year.expected < year.high90) }
        let few = SurvivalProjection(customers([40, 25, 19, 15]), asOf: day, horizon: 12)
        #expect(few.basis == .shiftedBetaGeometric)
        let (wide, narrow) = (few.years[9], many.years[9])
        #expect(wide.high90 - wide.low90 > 3 * (narrow.high90 - narrow.low90))
        // The same customers give the same interval.
        #expect(SurvivalProjection(customers([40, 25, 19, 15]), asOf: day, horizon: 12) == few)
    }

    @Test(arguments: [[29, 25, 20, 15], [500, 400, 320]]) func `has one rate where history is short`(alive: [Int])
        throws
    {
        let projection = SurvivalProjection(customers(alive), asOf: day, horizon: 3)
        #expect(projection.basis == .oneRate)
        let asked = alive.dropLast().reduce(0, +)
        let rate = (Double(alive.dropFirst().reduce(0, +)) + 8) / (Double(asked) + 10)
        for (index, year) in projection.years.enumerated() {
            let expected = (0...index).reduce(1.0) { left, _ in left * rate }
            #expect(abs(year.expected - expected) < 1e-4)
            #expect(year.low90 < expected && expected < year.high90)
        }
        let nobody = SurvivalProjection([], asOf: day, horizon: 1)
        #expect(abs(nobody.years[0].expected - 0.8) < 1e-5 && nobody.years[0].high90 - nobody.years[0].low90 > 0.3)
    }

    /// With one rate r for all, DERL before a renewal is r / (1 - r / (1 + d)); half a year away it is discounted by half.
    @Test func `says what a customer is still worth`() {
        let projection = SurvivalProjection(customers([500, 400, 320]), asOf: day)
        let rate = (720.0 + 8) / (900 + 10)
        let customer = CustomerLifetime(
            accountID: "A", account: "", firstOn: day - 400, arrMinor: 100_000, renewsOn: day + 365)
        let value = projection.residualValueMinor(of: customer, asOf: day, margin: 0.8, discount: 0.1)
        #expect(abs(value - 0.8 * 100_000 * rate / (1 - rate / 1.1) / 1.1) < 5)
        var gone = customer
        gone.arrMinor = 0
        #expect(projection.residualValueMinor(of: gone, asOf: day, margin: 0.8, discount: 0.1) == 0)
    }
}
