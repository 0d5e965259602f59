import HaleDomain
import HaleStore
import Postgres

/// Asks the database for the names of a batch, and sees to it that the months of its rows have partitions.
final class UsageResolver {
    private let store: UsageStore
    private let database: Database
    private let createsAccounts: Bool
    /// For each day from `UsageRollup.firstDay` on, whether its month has a partition.
    private var isReady = [Bool](repeating: false, count: UsageRollup.dayCount)

    init(store: UsageStore, database: Database, createsAccounts: Bool) {
        self.store = store
        self.database = database
        self.createsAccounts = createsAccounts
    }

    /// The whole years that days lie in, so that a file asks for a zone's offsets a few times at most.
    static func wholeYears(_ days: Range<Day>) -> Range<Day> {
        let first = days.lowerBound
        let last = days.upperBound
        return first - 366..<last + 366
    }

    /// Whether rows of a day can be written.
    func hasMonth(of day: Int32) -> Bool {
        isReady[Int(day) - UsageRollup.firstDay]
    }

    /// Looks up what the rows name, and makes what is missing and may be made; returns how many accounts were created.
    func resolve(_ batch: UsageBatch, names: inout UsageNames) async throws -> Int64 {
        let created = try await resolveHolders(batch, names: &names)
        try await resolvePeople(batch, names: &names)
        try await resolveFeatures(batch, names: &names)
        try await makeMonths(batch, names: names)
        return created
    }

    private func resolveHolders(_ batch: UsageBatch, names: inout UsageNames) async throws -> Int64 {
        var accounts: [Int] = []
        var contracts: [Int] = []
        for row in batch.rows where names.holders.ids[Int(row.holder)] == NameTable.unasked {
            let place = Int(row.holder)
            // Marked at once, so that it is asked for once.
            names.holders.ids[place] = NameTable.unknown
            if names.holder(row.holder).kind == .account { accounts.append(place) } else { contracts.append(place) }
        }
        var created: Int64 = 0
        if !accounts.isEmpty {
            let asked = accounts.map { names.holders.text(of: $0) }
            var found = try await store.accounts(asked)
            if createsAccounts, found.contains(0) {
                created = try await store.createAccountKeys(zip(asked, found).filter { $0.1 == 0 }.map(\.0))
                found = try await store.accounts(asked)
            }
            for (place, id) in zip(accounts, found) where id > 0 { names.holders.ids[place] = id }
        }
        if !contracts.isEmpty {
            let found = try await store.accounts(ofContracts: contracts.map { names.holders.text(of: $0) })
            for (place, id) in zip(contracts, found) where id > 0 { names.holders.ids[place] = id }
        }
        return created
    }

    private func resolvePeople(_ batch: UsageBatch, names: inout UsageNames) async throws {
        var places: [Int] = []
        var accounts: [Int64] = []
        for row in batch.rows where row.person >= 0 && names.people.ids[Int(row.person)] == NameTable.unasked {
            let account = names.holders.ids[Int(row.holder)]
            guard account > 0 else { continue }
            names.people.ids[Int(row.person)] = NameTable.unknown
            places.append(Int(row.person))
            accounts.append(account)
        }
        guard !places.isEmpty else { return }
        let found = try await store.people(accounts: accounts, names: places.map { names.people.text(of: $0) })
        for (place, id) in zip(places, found) { names.people.ids[place] = id }
    }

    private func resolveFeatures(_ batch: UsageBatch, names: inout UsageNames) async throws {
        var places: [Int] = []
        for row in batch.rows where row.feature >= 0 && names.features.ids[Int(row.feature)] == NameTable.unasked {
            guard names.holders.ids[Int(row.holder)] > 0 else { continue }
            names.features.ids[Int(row.feature)] = NameTable.unknown
            places.append(Int(row.feature))
        }
        guard !places.isEmpty else { return }
        let found = try await store.features(places.map { names.features.text(of: $0) })
        for (place, id) in zip(places, found) { names.features.ids[place] = id }
    }

    /// Partitions are made on another connection, in transactions of their own, so that this one holds no lock that stops
    /// readers.
    private func makeMonths(_ batch: UsageBatch, names: UsageNames) async throws {
        var missing: [PostgresDate] = []
        for row in batch.rows where names.holders.ids[Int(row.holder)] > 0 {
            guard !hasMonth(of: row.day) else { continue }
            let first = UsageRollup.firstOfMonth(row.day)
            for day in first.daysSince2000..<first.adding(months: 1).daysSince2000 {
                isReady[Int(day) - UsageRollup.firstDay] = true
            }
            missing.append(PostgresDate(daysSince2000: row.day))
        }
        guard !missing.isEmpty else { return }
        try await database.withConnection { other in
            for month in missing { try await ImportStore(other).ensureUsageMonth(month) }
        }
        try await store.noticePartitions()
    }
}
