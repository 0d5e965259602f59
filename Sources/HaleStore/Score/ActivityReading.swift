package import HaleDomain
import HaleSQL
package import Postgres

/// What some accounts and their people did before a day, one account after another in order of their keys.
package struct ActivityReading: Sendable {
    package let accounts: [AccountActivity]

    /// Reads the activity of a range.
    package init(_ range: AccountRange, asOf: Day, model: HealthModel, on connection: Connection) async throws {
        let span = ActivitySpan(
            range, days: asOf...asOf, lookbackDays: model.recency.lookbackDays, on: connection)
        try await self.init(span, asOf: asOf, model: model, on: connection)
    }

    /// Takes the activity before a day from a span that holds the day, and that was read on the same connection.
    package init(_ span: ActivitySpan, asOf: Day, model: HealthModel, on connection: Connection) async throws {
        let range = span.range
        let starts = try await connection.table(
            Statement(SQL.Features.starts), [asOf.postgresDate, range.first, range.last, range.keys])
        var champions = try ChampionRows(try await span.champions(), asOf: asOf, model: model)
        var months = try MonthRows(try await span.usage(), asOf: asOf, model: model)

        let key = try starts.integers("account_id")
        let country = try starts.texts("country")
        let startedOn = try starts.dates("started_on")
        var accounts: [AccountActivity] = []
        accounts.reserveCapacity(starts.count)
        var unclear = UnclearAccounts()
        for row in 0..<starts.count {
            let account = Int64(key[row] ?? 0)
            let read = months.next(account, champions: champions.next(account))
            let usage =
                read.namesAll && !read.activity.isEmpty
                ? AccountUsage.named(peopleByDay: read.people.peopleByDay, activity: read.activity) : nil
            unclear.note(account, read, at: row, asOf: asOf, model: model)
            var activity = AccountActivity(
                key: account, startedOn: startedOn[row].map { Day(daysSince2000: $0) }, country: country[row],
                usage: usage, activePeople: read.people.activePeople,
                champion: ChampionActivity(of: read.people.champions))
            activity.totals = read.totals
            activity.totals.activePeople = read.people.listedPeople
            activity.totals.lastActiveOn = read.activity.newest.map { asOf - $0 }
            accounts.append(activity)
        }
        try await unclear.clear(&accounts, span: span, asOf: asOf, model: model)
        self.accounts = accounts
    }
}

/// Accounts of which the look-back does not tell everything.
private struct UnclearAccounts {
    /// By account its newest usage; those whose last days lie partly before the look-back, or wholly: nil.
    private var newest: [Int64: Day?] = [:]
    /// Accounts some of whose usage names nobody.
    private var mixed: [Int64] = []
    /// Champions of whom nothing is known in the look-back, by the position of their account.
    private var quiet: [Int: [PeopleDays.Champion]] = [:]

    mutating func note(_ account: Int64, _ read: MonthRows.Account, at row: Int, asOf: Day, model: HealthModel) {
        if let last = read.activity.newest {
            if !read.namesAll { mixed.append(account) }
            if last + model.trend.namedShareDays > model.recency.lookbackDays { newest[account] = asOf - last }
        } else {
            newest[account] = .some(nil)
        }
        let champions = read.people.champions
        if !champions.isEmpty, champions.allSatisfy({ $0.hasLeft || $0.isQuiet }) { quiet[row] = champions }
    }

    /// Asks the history for what is not clear.
    func clear(
        _ accounts: inout [AccountActivity], span: ActivitySpan, asOf: Day, model: HealthModel
    ) async throws {
        if !newest.isEmpty || !mixed.isEmpty {
            try await clearUsage(of: &accounts, span: span, asOf: asOf, model: model)
        }
        let people = quiet.sorted { $0.key < $1.key }.flatMap { row, champions in
            champions.filter(\.isQuiet).map { (account: accounts[row].key, person: $0.person) }
        }
        guard !people.isEmpty else { return }
        let seen = try await span.seen(people, asOf: asOf)
        for (row, champions) in quiet {
            accounts[row].champion = ChampionActivity(
                of: champions.map { champion in
                    var champion = champion
                    champion.seenBefore = seen.contains(champion.person)
                    return champion
                })
        }
    }

    /// Of the accounts without usage in the look-back, those who had some before it are silent, the others unknown.
    private func clearUsage(
        of accounts: inout [AccountActivity], span: ActivitySpan, asOf: Day, model: HealthModel
    ) async throws {
        let lookbackDays = model.recency.lookbackDays
        let naming = try await span.naming(of: newest, asOf: asOf, model: model)
        let lastDays = await span.lastDays(of: newest, model: model)
        // One whose last days named people in the look-back only is counted as the others are.
        let counted = newest.filter { $0.value != nil && naming[$0.key]?.unit == .quantity }.map(\.key)
        let keys = Set(mixed + counted).sorted()
        let counts = keys.isEmpty ? [:] : try await span.counts(of: keys)
        var anonymous: [Int64] = []
        var series: [Int64: UsageSeries] = [:]
        for key in keys {
            let days = Self.series(counts[key] ?? [], of: asOf - lookbackDays..<asOf)
            series[key] = days
            if naming[key] == nil, !days.namedEventsByDay.contains(where: { $0 > 0 }) { anonymous.append(key) }
        }
        let named = try await span.namesPeople(anonymous, asOf: asOf)
        for index in accounts.indices {
            let key = accounts[index].key
            if let last = lastDays[key] { accounts[index].totals.lastActiveOn = last }
            if let days = series[key] {
                let known = named.contains(key) ? UsageNaming(unit: days.unit(model: model), namesPeople: true) : nil
                accounts[index].usage = .series(days, naming[key] ?? known)
            } else if accounts[index].usage == nil, let naming = naming[key] {
                accounts[index].usage = .silent(days: lookbackDays, naming)
            }
        }
    }

    /// The counts of the days of a look-back.
    private static func series(_ months: [MonthOfCounts], of lookback: Range<Day>) -> UsageSeries {
        let length = lookback.upperBound - lookback.lowerBound
        var days = Array(repeating: [Int](repeating: 0, count: length), count: 4)
        for month in months {
            let offset = month.first - lookback.lowerBound
            for (index, counts) in month.counts.enumerated() {
                for (day, count) in counts.enumerated() where (0..<length).contains(offset + day) {
                    days[index][offset + day] = count
                }
            }
        }
        return UsageSeries(
            peopleByDay: days[0], quantityByDay: days[1], eventsByDay: days[2], namedEventsByDay: days[3])
    }
}

/// The rows of `features/usage`, one account after another.
private struct MonthRows {
    /// The months of one account taken together.
    struct Account {
        /// The days of the look-back with usage.
        var activity: DaySet
        /// Whether all of the months' usage names a person.
        var namesAll = true
        /// Who was there when.
        var people: PeopleDays
        var totals = UsageTotals()
    }

    private let key: IntegerColumn
    private let month: DateColumn
    private let activeDays: IntegerColumn
    private let namesAll: BooleanColumn
    private let personDays: BytesColumn
    private let events: IntegerArrayColumn
    private let quantity: IntegerArrayColumn
    private let count: Int
    private let asOf: Day
    private let model: HealthModel
    private var row = 0

    init(_ table: RowTable, asOf: Day, model: HealthModel) throws {
        key = try table.integers("account_id")
        month = try table.dates("month")
        activeDays = try table.integers("active_days")
        namesAll = try table.booleans("names_all")
        personDays = try table.bytes("person_days")
        events = try table.integerArrays("events")
        quantity = try table.integerArrays("quantity")
        count = table.count
        self.asOf = asOf
        self.model = model
    }

    /// The months of an account; keys must be asked for in ascending order.
    mutating func next(_ account: Int64, champions: [PeopleDays.Champion]) -> Account {
        while row < count, let other = key[row], other < account { row += 1 }
        let lookback = asOf - model.recency.lookbackDays..<asOf
        var read = Account(
            activity: DaySet(days: model.recency.lookbackDays),
            people: PeopleDays(asOf: asOf, model: model, champions: champions))
        while row < count, let other = key[row], other == account {
            defer { row += 1 }
            let first = Day(daysSince2000: month[row] ?? 0)
            read.totals.add(
                month: first, activeDays: UInt32(truncatingIfNeeded: activeDays[row] ?? 0), asOf: asOf,
                events: { events.sum(row, over: $0) }, quantity: { quantity.sum(row, over: $0) })
            let mask = MonthDays.mask(of: first, in: lookback)
            // A span holds the months of its other days too.
            guard mask != 0 else { continue }
            let days = UInt32(truncatingIfNeeded: activeDays[row] ?? 0) & mask
            read.activity.insert(month: days, firstDaysBefore: asOf - first)
            read.namesAll = read.namesAll && namesAll[row] ?? false
            read.people.beginMonth(first)
            personDays.forEachPair(row) { person, days in read.people.add(person, days: days) }
        }
        read.people.endMonth()
        return read
    }
}

/// The rows of `features/champions`, one account after another.
private struct ChampionRows {
    private let key: IntegerColumn
    private let person: IntegerColumn
    private let leftOn: DateColumn
    private let contactOn: DateColumn
    private let count: Int
    private let asOf: Day
    private let lookbackDays: Int
    private var row = 0

    init(_ table: RowTable, asOf: Day, model: HealthModel) throws {
        key = try table.integers("account_id")
        person = try table.integers("person_id")
        leftOn = try table.dates("left_on")
        contactOn = try table.dates("contact_on")
        count = table.count
        self.asOf = asOf
        lookbackDays = model.recency.lookbackDays
    }

    /// The champions of an account with the days they replied or met us; keys must be asked for in ascending order.
    mutating func next(_ account: Int64) -> [PeopleDays.Champion] {
        while row < count, let other = key[row], other < account { row += 1 }
        var champions: [PeopleDays.Champion] = []
        while row < count, let other = key[row], other == account {
            let number = person[row]
            let hasLeft = leftOn[row].map { Day(daysSince2000: $0) < asOf } ?? false
            var champion = PeopleDays.Champion(
                person: Int64(number ?? 0), hasLeft: hasLeft, days: DaySet(days: lookbackDays))
            while row < count, key[row] == other, person[row] == number {
                let daysBefore = contactOn[row].map { asOf - Day(daysSince2000: $0) }
                if let daysBefore, daysBefore <= lookbackDays { champion.days.insert(daysBefore: daysBefore) }
                row += 1
            }
            champions.append(champion)
        }
        return champions
    }
}
