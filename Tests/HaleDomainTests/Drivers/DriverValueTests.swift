import HaleDomain
import Testing

@Suite struct `Driver values` {
    private func isNonincreasing(_ values: [Double]) -> Bool {
        zip(values, values.dropFirst()).allSatisfy { $0 >= $1 } && values.allSatisfy { (0...1).contains($0) }
    }

    @Test func `fall with every open ticket and overdue day`() {
        #expect(isNonincreasing((0...20).map { SupportLoad.value(of: OpenTickets(priority1: $0), model: .default) }))
        #expect(isNonincreasing((0...20).map { SupportLoad.value(of: OpenTickets(priority2: $0), model: .default) }))
        #expect(isNonincreasing((0...20).map { SupportLoad.value(of: OpenTickets(priority3: $0), model: .default) }))
        #expect(isNonincreasing((-3...400).map { OverdueBilling.value(daysOverdue: $0, model: .default) }))
    }

    @Test func `rise with people and features`() {
        let seats = (0...60).compactMap { SeatUtilisation.read(activePeople: $0, seatsBought: 40, model: .default)?.x }
        let features = (0...12).compactMap {
            FeatureBreadth.read(featuresUsed: $0, keyFeatures: 10, accountAgeDays: 90, model: .default)?.x
        }
        #expect(seats.count == 61 && isNonincreasing(seats.reversed()))
        #expect(features.count == 13 && isNonincreasing(features.reversed()))
        #expect(SeatUtilisation.read(activePeople: 50, seatsBought: 40, model: .default)?.utilisation == 1.25)
    }

    @Test func `of recency fall with silence, faster for a busy account`() throws {
        let monthly = (0...60).compactMap {
            Recency.read(activeDays: 2, baselineDays: 40, silentDays: $0, model: .default)?.x
        }
        let daily = (0...60).compactMap {
            Recency.read(activeDays: 38, baselineDays: 40, silentDays: $0, model: .default)?.x
        }
        #expect(monthly.count == 61 && isNonincreasing(monthly))
        #expect(daily.count == 61 && isNonincreasing(daily))
        #expect(zip(monthly, daily).allSatisfy { $0 >= $1 })
    }

    @Test(arguments: [
        (0, 1.0), (6, 1.0), (7, 0.5), (13, 0.5), (14, 0.25), (28, 0.0625), (29, 0.0),
    ])
    func `lose reliability with every week of a stale feed`(age: Int, expected: Double) {
        #expect(FeedFreshness.reliability(ageDays: age, model: .default) == expected)
    }

    @Test func `have no reliability without any fact`() {
        #expect(FeedFreshness.reliability(ageDays: nil, model: .default) == 0)
    }

    @Test(arguments: [(nil, 12, 30), (nil, 2, 0), (nil, 3, 30), (nil, nil, 30), (90, 1, 90)] as [(Int?, Int?, Int)])
    func `use a notice period of thirty days, none for short terms`(stated: Int?, months: Int?, expected: Int) {
        #expect(ContractParameters().noticeDays(stated: stated, termMonths: months) == expected)
    }
}
