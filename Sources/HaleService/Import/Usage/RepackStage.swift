package import HaleStore
import Postgres

/// Makes packed usage anew from the raw events, perhaps in another time zone.
package struct RepackStage: Sendable {
    /// What was done.
    package struct Summary: Sendable, Equatable {
        /// Months that have usage.
        package var months = 0
        /// Packed account-months.
        package var accountMonths = 0
        /// Events that lie on another day than before.
        package var movedEvents = 0
    }

    private let database: Database

    /// A stage on a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Repacks everything in one transaction, so that readers see the packed months of before until it ends. With a time zone,
    /// that one is set first and every event is put on its day there. Throws `StoreError`, `PostgresError`.
    package func run(timeZone: String? = nil) async throws -> Summary {
        try await database.withConnection { connection in
            try await connection.transaction { try await self.repack($0, timeZone: timeZone) }
        }
    }

    private func repack(_ connection: Connection, timeZone: String?) async throws -> Summary {
        let store = RepackStore(connection)
        var summary = Summary()
        try await store.begin()
        if let timeZone {
            // Nothing is packed at this point, so that the zone may change.
            try await SettingStore(connection).set(.timeZone, to: timeZone)
            let months = try await store.movedMonths()
            try await database.withConnection { other in
                for month in months { try await ImportStore(other).ensureUsageMonth(month) }
            }
            summary.movedEvents = try await store.moveDays()
        }
        for month in try await store.months() {
            summary.months += 1
            summary.accountMonths += try await store.pack(month)
        }
        return summary
    }
}
