import HaleDomain
import Testing

@Suite struct `How long customers stay` {
    private let day = Day(daysSince2000: 9_557)  // 2026-03-02

    /// Customers of one cohort that is so many years old: how many are there at the start and after each year.
    private func customers(_ alive: [Int], on day: Day? = nil) -> [CustomerLifetime] {
        let first = (day ?? self.day).adding(months: -12 * (alive.count - 1))
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
        // The third year is not over: who left in it says nothing without those who stayed.
        #expect(try years("2026-03-01") == [true, true])
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
        #expect(many.years.prefix(7).map(\.asked) == Array(alive.dropLast()))
        #expect(many.years.prefix(7).map(\.atRisk) == Array(alive.dropFirst()))
        #expect(many.years.dropFirst(7).allSatisfy { $0.observed == nil && $0.asked == 0 && $0.atRisk == 0 })
        for year in many.years { #expect(year.low90 < year.expected && year.expected < year.high90) }
        let few = SurvivalProjection(customers([40, 25, 19, 15]), asOf: day, horizon: 12)
        #expect(few.basis == .shiftedBetaGeometric)
        let (wide, narrow) = (few.years[9], many.years[9])
        #expect(wide.high90 - wide.low90 > 3 * (narrow.high90 - narrow.low90))
        // The same customers give the same interval.
        #expect(SurvivalProjection(customers([40, 25, 19, 15]), asOf: day, horizon: 12) == few)
    }

    /// Both published segments, known until year 4: what came in the years 5 to 12 lies within the interval. For "High End"
    /// it lies above the interval of the shifted beta-geometric model alone (33 to 42 % after 9 years, where 44.5 % were).
    @Test(arguments: [`The beta-discrete-Weibull model`.highEnd, `The beta-discrete-Weibull model`.regular])
    func `allows for a model that is wrong`(table: [Int]) throws {
        let projection = SurvivalProjection(customers(Array(table.prefix(5))), asOf: day, horizon: 12)
        #expect(projection.customers == 1_000 && projection.periods == 4)
        for year in projection.years {
            let came = Double(table[year.year]) / 1_000
            #expect(year.low90 < came && came < year.high90, "year \(year.year): \(year.low90) to \(year.high90)")
            #expect(year.low90 < year.expected && year.expected < year.high90)
        }
        // Akaike's weight from the likelihoods of the two models: 1 / (1 + e^(1 - gain)).
        let weight = try #require(projection.changing?.weight)
        #expect(abs(weight - (table[1] == 869 ? 0.7999 : 0.3050)) < 0.001)
        // What a new customer pays for follows from both models.
        let years = projection.residualLifetime(renewalsMade: 0, discount: 0.1)
        let interval = projection.residualInterval(discount: 0.1)
        #expect(interval.low90 < years && years < interval.high90)
        let parts = try [
            projection.model.residualLifetime(renewalsMade: 0, discount: 0.1),
            #require(projection.changing).model.residualLifetime(renewalsMade: 0, discount: 0.1),
        ]
        #expect(abs(years - (1 - weight) * parts[0] - weight * parts[1]) < 1e-9)
    }

    /// 300 customers of whom some left at each anniversary: whatever part of a year is going on on the day that is asked
    /// for, losses and survivors of it are left out together.
    @Test(arguments: [0, 90, 180, 364]) func `a year that is going on changes no rate`(days: Int) {
        let alive = [300, 200, 150, 120]
        let (finished, going) = (customers(alive), customers(alive, on: day - days))
        // In the year that is going on every second one of those who are there left yesterday.
        let lost = going.enumerated().map { number, customer in
            var customer = customer
            if days > 0, customer.lostOn == nil, number.isMultiple(of: 2) { customer.lostOn = day - 1 }
            return customer
        }
        let (before, after) = (SurvivalProjection(finished, asOf: day), SurvivalProjection(lost, asOf: day))
        #expect(before.years.map(\.asked).prefix(3) == [300, 200, 150])
        #expect(after.model == before.model && after.years.map(\.asked) == before.years.map(\.asked))
        #expect(after.years.map(\.expected) == before.years.map(\.expected))
    }

    /// Nobody of 40 ever left: that is not certainty. One rate with the prior says 128 of 130.
    @Test func `is not certain where nobody left`() {
        let projection = SurvivalProjection(customers([40, 40, 40, 40]), asOf: day)
        #expect(projection.basis == .oneRate && projection.years[0].observed == 1)
        #expect(abs(projection.years[0].expected - 128.0 / 130) < 1e-5)
        for year in projection.years { #expect(year.low90 < year.expected && year.expected < year.high90) }
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
        #expect(nobody.basis == .assumed)
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
