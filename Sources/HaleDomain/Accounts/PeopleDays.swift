/// Sums up an account's people from the days on which each of them was there, one month after another.
package struct PeopleDays {
    /// A champion on the way: whether they left, and the days they used the product, replied or met us.
    package struct Champion: Sendable, Hashable {
        /// Key of the person.
        package let person: Int64
        /// Whether the person has left.
        package let hasLeft: Bool
        /// Their days in the look-back.
        package var days: DaySet
        /// Whether they were seen before the look-back; asked only of champions without a day in it.
        package var seenBefore = false

        /// Whether nothing is known of somebody who is still there.
        package var isQuiet: Bool { !hasLeft && days.newest == nil }

        /// A champion with the days known so far.
        package init(person: Int64, hasLeft: Bool, days: DaySet) {
            self.person = person
            self.hasLeft = hasLeft
            self.days = days
        }
    }

    /// People on each of the counted days, oldest first.
    package private(set) var peopleByDay: [Int]
    /// Different people of the model's last days.
    package var activePeople: Int { recent.count }
    /// Different people of the window of lists.
    package var listedPeople: Int { listed?.count ?? recent.count }
    /// The champions, in order of their keys.
    package private(set) var champions: [Champion]

    private let asOf: Day
    private let lookback: Range<Day>
    private let counted: Range<Day>
    private var first: Day
    private var lookbackMask: UInt32 = 0
    private var countedMask: UInt32 = 0
    /// Digit by digit in binary, how many people were there on each day of the month: bit k of element i is digit i of
    /// day k. Adding a person costs about two steps, where counting day by day costs one for each of their days.
    private var digits: [UInt32] = []
    private var recent: DifferentPeople
    /// Where the model looks at other days than lists do.
    private var listed: DifferentPeople?
    private var nextChampion = 0

    /// Nobody yet.
    /// - Parameters:
    ///   - champions: The account's champions in order of their keys, with the days they replied or met us.
    package init(asOf: Day, model: HealthModel, champions: [Champion] = []) {
        self.asOf = asOf
        self.champions = champions
        lookback = asOf - model.recency.lookbackDays..<asOf
        counted = asOf - model.countedDays..<asOf
        recent = DifferentPeople(asOf - model.trend.windowDays..<asOf)
        if model.trend.windowDays != UsageTotals.days { listed = DifferentPeople(asOf - UsageTotals.days..<asOf) }
        first = asOf
        peopleByDay = Array(repeating: 0, count: model.countedDays)
    }

    /// Begins a month; months must ascend.
    package mutating func beginMonth(_ first: Day) {
        endMonth()
        self.first = first
        lookbackMask = MonthDays.mask(of: first, in: lookback)
        countedMask = MonthDays.mask(of: first, in: counted)
        recent.beginMonth(first)
        listed?.beginMonth(first)
        nextChampion = 0
    }

    /// Adds the days of a person in the month; keys must ascend.
    package mutating func add(_ person: Int64, days: UInt32) {
        var carry = days & countedMask
        var digit = 0
        while carry != 0 {
            if digit == digits.count { digits.append(0) }
            let overflow = digits[digit] & carry
            digits[digit] ^= carry
            carry = overflow
            digit += 1
        }
        recent.add(person, days: days)
        listed?.add(person, days: days)
        while nextChampion < champions.count, champions[nextChampion].person < person { nextChampion += 1 }
        if nextChampion < champions.count, champions[nextChampion].person == person {
            champions[nextChampion].days.insert(month: days & lookbackMask, firstDaysBefore: asOf - first)
        }
    }

    /// Ends the last month.
    package mutating func endMonth() {
        guard !digits.isEmpty else { return }
        var days = countedMask
        let offset = first - counted.lowerBound
        while days != 0 {
            let day = days.trailingZeroBitCount
            var people = 0
            for index in digits.indices { people |= Int(digits[index] >> UInt32(day) & 1) << index }
            peopleByDay[offset + day] = people
            days &= days - 1
        }
        digits.removeAll(keepingCapacity: true)
    }
}

/// Counts the different people of some days, one month after another.
private struct DifferentPeople: Sendable {
    private(set) var count = 0
    private let days: Range<Day>
    private var mask: UInt32 = 0
    /// Those of the months before, and those who are new in this one; in order of their keys.
    private var known: [Int64] = []
    private var new: [Int64] = []
    private var position = 0

    init(_ days: Range<Day>) {
        self.days = days
    }

    mutating func beginMonth(_ first: Day) {
        known = known.isEmpty ? new : (known + new).sorted()
        new.removeAll(keepingCapacity: true)
        position = 0
        mask = MonthDays.mask(of: first, in: days)
    }

    mutating func add(_ person: Int64, days: UInt32) {
        guard days & mask != 0 else { return }
        while position < known.count, known[position] < person { position += 1 }
        guard position == known.count || known[position] != person else { return }
        count += 1
        new.append(person)
    }
}

extension ChampionActivity {
    /// The activity of the most recently active champion who has not left; the first of those who are equal.
    package init(of champions: [PeopleDays.Champion]) {
        guard var chosen = champions.first(where: { !$0.hasLeft }) else {
            self = champions.isEmpty ? .noneAssigned : .allLeft
            return
        }
        for champion in champions where !champion.hasLeft {
            guard let newest = champion.days.newest else { continue }
            if newest < chosen.days.newest ?? .max { chosen = champion }
        }
        self = .active(
            chosen.days, seenBefore: chosen.isQuiet && champions.contains { !$0.hasLeft && $0.seenBefore })
    }
}
