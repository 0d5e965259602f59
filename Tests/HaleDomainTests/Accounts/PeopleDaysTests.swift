import HaleDomain
import Testing

@Suite struct `Days of people` {
    // 25 November 2026: the 28 days before it lie in two months, the look-back in seven.
    private let asOf = Day(daysSince2000: 9_825)
    private let model = HealthModel.default

    /// First days of the seven months up to November 2026.
    private var months: [Day] {
        var firsts = [asOf - 24]
        for length in [31, 30, 31, 31, 30, 31] { firsts.append(firsts[firsts.count - 1] - length) }
        return firsts.reversed()
    }

    /// Who was there on which days, before the day of scoring or not.
    private func attendance(seed: UInt64) -> [Int64: Set<Day>] {
        var random = SplitMix(seed: seed)
        var days: [Int64: Set<Day>] = [:]
        for person in 1...Int64.random(in: 1...40, using: &random) {
            let share = Double.random(in: 0...0.9, using: &random)
            days[person * 7] = Set(
                (-6...210).filter { _ in Double.random(in: 0...1, using: &random) < share }.map { asOf - $0 })
        }
        return days
    }

    private func read(
        _ attendance: [Int64: Set<Day>], champions: [PeopleDays.Champion] = [], windowDays: Int = 28
    ) -> PeopleDays {
        var model = model
        model.trend.windowDays = windowDays
        var people = PeopleDays(asOf: asOf, model: model, champions: champions)
        for first in months {
            people.beginMonth(first)
            for person in attendance.keys.sorted() {
                var mask: UInt32 = 0
                for offset in 0..<31 where attendance[person]?.contains(first + offset) ?? false {
                    // Days of the next month are its own.
                    if months.contains(where: { $0 > first && $0 <= first + offset }) { continue }
                    mask |= 1 << UInt32(offset)
                }
                if mask != 0 { people.add(person, days: mask) }
            }
        }
        people.endMonth()
        return people
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>) func `are summed up as by counting one day after another`(
        seed: UInt64
    ) {
        let attendance = attendance(seed: seed)
        let people = read(attendance)
        let counted = model.countedDays
        #expect(
            people.peopleByDay
                == (0..<counted).map { index in
                    attendance.values.count { $0.contains(asOf - (counted - index)) }
                })
        let recent = asOf - 28..<asOf
        #expect(people.activePeople == attendance.values.count { days in days.contains { recent.contains($0) } })
        #expect(people.listedPeople == people.activePeople)
        // A longer window lies in more than two months; somebody who was there in the first and the last counts once.
        for days in [14, 56, 84] {
            let people = read(attendance, windowDays: days)
            func different(_ days: Range<Day>) -> Int {
                attendance.values.count { $0.contains { days.contains($0) } }
            }
            #expect(people.activePeople == different(asOf - days..<asOf))
            #expect(people.listedPeople == different(recent))
        }
    }

    @Test(arguments: 41...60 as ClosedRange<UInt64>) func `are a champion's beside the days of contact`(seed: UInt64) {
        let attendance = attendance(seed: seed)
        let contact = asOf - 3
        let known = [Int64(7), 21, 1_000].map { person in
            var days = DaySet(days: 182)
            days.insert(daysBefore: asOf - contact)
            return PeopleDays.Champion(person: person, hasLeft: false, days: days)
        }
        for champion in read(attendance, champions: known).champions {
            let used = (attendance[champion.person] ?? []).union([contact])
            for daysBefore in 1...182 {
                #expect(champion.days.contains(daysBefore: daysBefore) == used.contains(asOf - daysBefore))
            }
            #expect((183...192).allSatisfy { !champion.days.contains(daysBefore: $0) })
        }
    }

    private func champion(_ person: Int64, hasLeft: Bool = false, _ daysBefore: Int...) -> PeopleDays.Champion {
        var days = DaySet(days: 182)
        for day in daysBefore { days.insert(daysBefore: day) }
        return PeopleDays.Champion(person: person, hasLeft: hasLeft, days: days)
    }

    @Test func `choose the champion who was there last and has not left`() {
        #expect(ChampionActivity(of: []) == .noneAssigned)
        #expect(ChampionActivity(of: [champion(1, hasLeft: true, 1)]) == .allLeft)
        let early = champion(2, 9)
        let late = champion(3, 4, 20)
        #expect(ChampionActivity(of: [champion(1, hasLeft: true, 1), early, late]) == .active(late.days))
        #expect(ChampionActivity(of: [late, early]) == .active(late.days))
        // Of equals the first counts, and one who was there beats one who never was.
        let same = champion(4, 4)
        #expect(ChampionActivity(of: [late, same]) == .active(late.days))
        #expect(ChampionActivity(of: [champion(5), same]) == .active(same.days))
        #expect(ChampionActivity(of: [champion(5)]) == .active(DaySet(days: 182)))
    }
}

@Suite struct `A set of days` {
    @Test(arguments: -40...230) func `takes the days of a month wherever it lies`(firstDaysBefore: Int) {
        var random = SplitMix(seed: UInt64(firstDaysBefore + 100))
        let mask = UInt32.random(in: 0...(1 << 31 - 1), using: &random)
        var atOnce = DaySet(days: 182)
        atOnce.insert(month: mask, firstDaysBefore: firstDaysBefore)
        var oneByOne = DaySet(days: 182)
        for bit in 0..<31 where mask >> UInt32(bit) & 1 == 1 { oneByOne.insert(daysBefore: firstDaysBefore - bit) }
        #expect(atOnce == oneByOne)
    }

    @Test func `knows which days of a month lie in a range`() {
        let first = Day(daysSince2000: 9_801)
        for low in -3...33 {
            for high in low...35 {
                let mask = MonthDays.mask(of: first, in: (first + low)..<(first + high))
                for bit in 0..<31 { #expect((mask >> UInt32(bit) & 1 == 1) == (low..<high).contains(bit)) }
            }
        }
    }
}
