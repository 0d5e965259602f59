import HaleSQL
package import Postgres

/// The statements that end an import of usage: people and features first seen, events with ids, packed months.
package struct UsageMerge: Sendable {
    private let connection: Connection

    /// A merge that works on a connection, in the transaction of the import.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Looks for event ids that stand in the file with different values; the count of bad rows.
    package func check() async throws -> Int64 {
        Int64(try await connection.execute(Statement(SQL.ImportUsage.checkIdentified)))
    }

    /// Keeps the bad rows that `check` found under the receipt and leaves them out.
    package func setAsideBadRows(receipt: Int64) async throws {
        _ = try await connection.execute(Statement(SQL.ImportUsage.keepIdentifiedRejects), [receipt])
        _ = try await connection.execute(Statement(SQL.ImportUsage.dropBadIdentified))
        _ = try await connection.execute(Statement(SQL.ImportUsage.dropUnusedPeople))
        _ = try await connection.execute(Statement(SQL.ImportUsage.dropUnusedFeatures))
    }

    /// A part of the merge that takes long where a file is large.
    package enum Part: Sendable {
        /// The packed months of people.
        case people
        /// Those of features.
        case features
        /// Those of accounts.
        case months
    }

    /// Writes what the import collected; `onBegin` is told of each part before it. From the locks on, others that touch
    /// the same accounts wait, and each statement sees what those before committed.
    package func run(receipt: inout ImportStore.Receipt, onBegin: (Part) -> Void) async throws {
        try await connection.script(Statement(SQL.ImportUsage.touched))
        _ = try await connection.query(Statement(SQL.Usage.lockTouched))
        receipt.createdFeatures = Int64(try await connection.execute(Statement(SQL.ImportUsage.createFeatures)))
        receipt.createdPeople = Int64(try await connection.execute(Statement(SQL.ImportUsage.createPeople)))
        try await correctIDs(receipt: receipt.number)
        let added = try await connection.query(Statement(SQL.ImportUsage.addIdentified), [receipt.number])
        receipt.inserted += try UsageStore.only(added).decode("inserted", as: Int64.self)
        onBegin(.people)
        _ = try await connection.execute(Statement(SQL.ImportUsage.mergePeople))
        onBegin(.features)
        _ = try await connection.execute(Statement(SQL.ImportUsage.mergeFeatures))
        onBegin(.months)
        _ = try await connection.execute(Statement(SQL.ImportUsage.mergeAccounts))
        _ = try await connection.execute(Statement(SQL.ImportUsage.touchAccounts))
        _ = try await connection.execute(Statement(SQL.Import.noteChangedAccounts))
    }

    /// Where another import has created the same person or feature meanwhile, that one counts.
    private func correctIDs(receipt: Int64) async throws {
        try await connection.script(Statement(SQL.ImportUsage.twiceCreated))
        let counted = try await connection.query(Statement(SQL.ImportUsage.twiceCreatedCount))
        guard try UsageStore.only(counted).decode("total", as: Int64.self) > 0 else { return }
        _ = try await connection.execute(Statement(SQL.ImportUsage.correctEvents), [receipt])
        _ = try await connection.execute(Statement(SQL.ImportUsage.correctIdentified))
        _ = try await connection.execute(Statement(SQL.ImportUsage.correctPersonMasks))
        _ = try await connection.execute(Statement(SQL.ImportUsage.correctFeatureCounts))
    }
}
