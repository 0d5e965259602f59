/// The usage of one account while the days go by.
struct DemoUsageStream {
    /// Chance of using each further favourite feature on the same day.
    private static let furtherFeatureChance = 0.13

    private let account: DemoAccount
    private let id: String
    private let factors: [Double]
    private let presences: [Presence]
    private var random: DemoRandom

    /// When a person works with the product: looked at two million times, so without anything to be counted or copied.
    private struct Presence {
        let days: Range<Int>
        let silentDays: Range<Int>
        let activity: Double

        init(_ person: DemoPerson) {
            days = person.joinedOn..<max(person.joinedOn, min(0, person.leftOn ?? 0))
            silentDays = person.silentDays ?? 0..<0
            activity = person.activity
        }

        func isAtWork(on day: Int) -> Bool { days.contains(day) && !silentDays.contains(day) }
    }

    init(account: DemoAccount, calendar: DemoCalendar, seed: UInt64) {
        self.account = account
        id = account.id
        factors = DemoUsageLevel(account: account, calendar: calendar, seed: seed).factors
        presences = account.people.map(Presence.init)
        random = DemoRandom(seed: seed, purpose: .usage, number: account.number)
    }

    /// Writes the rows of one day.
    mutating func write(_ day: Int, calendar: DemoCalendar, to table: DemoTable) throws {
        let factor = factors[day + calendar.usageDays]
        guard factor > 0 else { return }
        let workers = workers(on: day, factor: factor)
        guard account.namesPeople else { return try writeSums(of: workers, on: day, calendar: calendar, to: table) }
        for worker in workers {
            let person = account.people[worker]
            for feature in features(of: person) {
                let quantity = quantity()
                try write(person.id, feature, quantity, on: day, calendar: calendar, to: table)
            }
        }
    }

    /// The product reports these accounts without people: a feature's quantity is the day's sum.
    private mutating func writeSums(
        of workers: [Int], on day: Int, calendar: DemoCalendar, to table: DemoTable
    ) throws {
        var sums = [Int](repeating: 0, count: DemoFeature.all.count)
        for worker in workers {
            for feature in features(of: account.people[worker]) { sums[feature] += quantity() }
        }
        for feature in sums.indices where sums[feature] > 0 {
            try write("", feature, sums[feature], on: day, calendar: calendar, to: table)
        }
    }

    private mutating func write(
        _ person: String, _ feature: Int, _ quantity: Int, on day: Int, calendar: DemoCalendar, to table: DemoTable
    ) throws {
        let instant = calendar.instant(day, secondOfDay: secondOfDay())
        try table.write([id, person, DemoFeature.all[feature].name, instant, String(quantity)])
    }

    /// Positions of the people who work on a day.
    private mutating func workers(on day: Int, factor: Double) -> [Int] {
        var workers: [Int] = []
        for position in presences.indices where presences[position].isAtWork(on: day) {
            if random.chance(min(0.96, presences[position].activity * factor)) { workers.append(position) }
        }
        return workers
    }

    private mutating func features(of person: DemoPerson) -> [Int] {
        guard person.features.count > 1 else { return person.features }
        var used: [Int] = []
        // Half of the time a day starts with the favourite.
        let first = random.chance(0.5) ? 0 : random.integer(0...(person.features.count - 1))
        for position in person.features.indices where position == first || random.chance(Self.furtherFeatureChance) {
            used.append(person.features[position])
        }
        return used
    }

    private mutating func quantity() -> Int {
        let draw = random.unit()
        return 1 + Int(draw * draw * 14)
    }

    /// A moment of the working day in the country, in UTC and always on the same day there.
    private mutating func secondOfDay() -> Int {
        let hours: ClosedRange<Int> =
            switch account.name.country {
            case .japan: 0...8
            case .unitedStates: 13...22
            case .germany, .france, .unitedKingdom, .poland, .netherlands, .spain: 7...17
            }
        return random.integer(hours) * 3600 + random.integer(0...3599)
    }
}
