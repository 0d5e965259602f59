import HaleStore

/// Whom to tell of alerts: receivers and routes, read when something is to be told.
package struct AlertAnnouncing: Sendable {
    private let readFile: @Sendable () throws -> ReceiverFile
    private let effects: DeliveryEffects

    /// The receivers of a file and of the database.
    package init(
        effects: DeliveryEffects = .withoutSending, readFile: @escaping @Sendable () throws -> ReceiverFile
    ) {
        self.effects = effects
        self.readFile = readFile
    }

    /// The outbox with the receivers in force; throws `FileFailure` where they are not right.
    func outbox(in database: Database) async throws -> AlertOutbox {
        AlertOutbox(
            try await ReceiverBook.load(try readFile(), from: database, effects: effects), effects: effects)
    }
}
