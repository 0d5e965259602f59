package import Postgres

/// Whom to tell of alerts, which is read when something is to be told.
package struct AlertAnnouncing: Sendable {
    private let open: @Sendable (Database) async throws -> AlertOutbox

    /// What gives the outbox with the receivers and routes in force.
    package init(_ open: @escaping @Sendable (Database) async throws -> AlertOutbox) {
        self.open = open
    }

    /// The outbox with the receivers in force; throws where they are not right.
    package func outbox(in database: Database) async throws -> AlertOutbox { try await open(database) }
}

/// Takes what happened to alerts, for those who are told of it.
package struct AlertOutbox: Sendable {
    private let write: @Sendable ([AlertStore.Event], Connection) async throws -> Void

    /// An outbox that writes in the caller's transaction.
    package init(_ write: @escaping @Sendable ([AlertStore.Event], Connection) async throws -> Void) {
        self.write = write
    }

    /// Writes what happened to alerts, in the caller's transaction: both are there or neither.
    package func announce(_ events: [AlertStore.Event], on transaction: Connection) async throws {
        try await write(events, transaction)
    }
}
