import HaleDomain
import HaleStore
import Postgres

/// Keeps the tables of deliveries small, in batches, and watches for who keeps them from it.
actor DeliveryHygiene {
    /// Delivered messages leave the table that is claimed from after so many seconds.
    static let archiveSeconds = 5
    /// Most rows of one batch.
    static let batch = 2_000
    /// Most batches of one round.
    static let batches = 20
    /// Days for which delivered messages, attempts and messages given up are kept where no setting says otherwise.
    static let keptDays = 90

    private let database: Database
    private let effects: DeliveryEffects
    private let report: @Sendable (DeliveryEvent) -> Void
    private var ranAt: Int64?
    private var prunedAt: Int64?
    private var warned: Set<Int> = []

    init(_ database: Database, effects: DeliveryEffects, report: @escaping @Sendable (DeliveryEvent) -> Void) {
        self.database = database
        self.effects = effects
        self.report = report
    }

    /// Runs where the last time is long enough ago.
    func run(everyMilliseconds pause: Int64) async throws {
        let now = effects.milliseconds()
        if let ranAt, now - ranAt < pause { return }
        ranAt = now
        let isPruning = prunedAt.map { now - $0 >= 3_600_000 } ?? true
        let snapshot = try await database.withConnection { connection in
            let store = DeliveryStore(connection)
            // The next month's are there before it begins.
            if isPruning {
                try await store.ensureMonths()
                try await Self.prune(connection)
            }
            for _ in 1...Self.batches {
                guard try await store.archive(afterSeconds: Self.archiveSeconds, limit: Self.batch) == Self.batch else {
                    break
                }
            }
            return try await DeliveryHistoryStore(connection).oldestSnapshot()
        }
        if isPruning { prunedAt = now }
        guard let snapshot, snapshot.isOld, warned.insert(snapshot.processID).inserted else { return }
        report(
            .oldSnapshot(
                processID: snapshot.processID, seconds: snapshot.seconds, program: snapshot.program ?? "unknown"))
    }

    private static func prune(_ connection: Connection) async throws {
        let settings = try await SettingStore(connection).all()
        let days = settings[.deliveryDays].flatMap { Int($0) } ?? keptDays
        let store = DeliveryStore(connection)
        for _ in 1...batches {
            guard try await store.prune(afterDays: days, limit: batch) >= batch else { break }
        }
        _ = try await store.dropMonths(afterDays: days)
        try await DigestStore(connection).prune(afterDays: days)
    }
}
