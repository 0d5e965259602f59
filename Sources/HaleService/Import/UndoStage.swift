import HaleDomain
package import HaleStore
import Postgres

/// Takes the newest import of a kind back, whole or not at all.
package struct UndoStage: Sendable {
    /// What came of it.
    package struct Outcome: Sendable {
        /// The receipt of the import.
        package let receipt: StoredReceipt
        /// What was taken back.
        package let counts: UndoStore.Counts
    }

    private let database: Database

    /// A stage on a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// How many reasons a refusal lists.
    private static let reasonLimit = 3

    /// Undoes the import of a receipt. Throws `HistoryRefusal`, `PostgresError`.
    package func run(receipt: Int64, isDryRun: Bool = false) async throws -> Outcome {
        try await database.withConnection { connection in
            try await connection.transaction(isDryRun: isDryRun) { try await undo(receipt, on: $0) }
        }
    }

    private func undo(_ number: Int64, on connection: Connection) async throws -> Outcome {
        let store = UndoStore(connection)
        try await store.begin()
        let stored = try await allowed(number, store: store, receipts: ReceiptStore(connection))
        let statements = UndoStore.Statements.of(stored.kind)
        try await store.noteAccounts(of: number, kind: stored.kind)
        var counts = UndoStore.Counts()
        counts.restored = try await store.restore(statements, receipt: number)
        let obstacles = try await store.obstacles(statements, receipt: number, limit: Self.reasonLimit)
        guard obstacles.isEmpty else { throw HistoryRefusal.inUse(number, obstacles) }
        if stored.kind == .usage {
            let events = try await store.rawUsage(of: number)
            guard events == stored.receipt.inserted else {
                throw HistoryRefusal.rawUsageDropped(number, missing: stored.receipt.inserted - events)
            }
            try await store.removeUsage(of: number)
            counts.removed = events
        } else {
            counts.removed = try await store.remove(statements, receipt: number)
        }
        try await store.removeUnused(createdBy: number, counts: &counts)
        if stored.replayOf != nil { try await store.restoreRejects(receipt: number) }
        try await ImportStore(connection).noteChanges(common: commonChange(stored.kind, counts))
        try await store.close(receipt: number)
        return Outcome(receipt: stored, counts: counts)
    }

    /// What changed that every score depends on. Where accounts are gone, the portfolio is another one.
    private func commonChange(_ kind: ImportKind, _ counts: UndoStore.Counts) -> CommonChange? {
        kind == .accounts || counts.accounts > 0 ? .accounts : kind.statements?.commonChange
    }

    /// The receipt, if nothing forbids to undo it from the start.
    private func allowed(_ number: Int64, store: UndoStore, receipts: ReceiptStore) async throws -> StoredReceipt {
        guard let stored = try await receipts.receipt(number) else { throw HistoryRefusal.unknownReceipt(number) }
        guard stored.undone == nil else { throw HistoryRefusal.undoneAlready(number) }
        guard let newest = try await store.newest(kind: stored.kind), newest.receipt == number else {
            let newest = try await store.newest(kind: stored.kind)?.receipt ?? number
            throw HistoryRefusal.notNewest(number, kind: stored.kind, newest: newest)
        }
        guard stored.recipe != nil else { throw HistoryRefusal.noRecipe(number) }
        guard !newest.isTooOld else {
            throw HistoryRefusal.tooOld(number, days: Int(ImportStore.undoLimitDays))
        }
        return stored
    }
}
