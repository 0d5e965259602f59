package import HaleDomain
import HaleSQL
package import Postgres

/// A finished import as its receipt tells it.
package struct StoredReceipt: Sendable, Equatable {
    /// The receipt's number and counts.
    package let receipt: ImportStore.Receipt
    /// What the rows were.
    package let kind: ImportKind
    /// The file as the user named it.
    package let fileName: String
    /// The file's SHA-256.
    package let checksum: String
    /// What the file was like, in words.
    package let source: String
    /// The mapping file or preset, by name.
    package let mapping: String?
    /// Whether facts counted as known since they happened.
    package let isHistory: Bool
    /// When it began, in the organisation's time zone and in UTC.
    package let started: (local: String, utc: String)
    /// When it was undone, likewise.
    package let undone: (local: String, utc: String)?
    /// How long it took [s].
    package let seconds: Double
    /// How to read a row of the file again, as JSON; nil from versions that did not keep it.
    package let recipe: String?
    /// The receipt whose rejected rows it took in.
    package let replayOf: Int64?
    /// Rejected rows that are still kept.
    package let waiting: Int64

    /// Whether two receipts say the same.
    package static func == (left: StoredReceipt, right: StoredReceipt) -> Bool {
        left.receipt == right.receipt && left.recipe == right.recipe && left.undone?.utc == right.undone?.utc
            && left.waiting == right.waiting
    }

    init(_ row: Row) throws {
        var receipt = ImportStore.Receipt()
        receipt.number = try row.decode("import_id")
        receipt.read = try row.decode("rows_read")
        receipt.inserted = try row.decode("inserted")
        receipt.updated = try row.decode("updated")
        receipt.unchanged = try row.decode("unchanged")
        receipt.rejected = try row.decode("rejected")
        receipt.skipped = try row.decode("skipped")
        receipt.createdPeople = try row.decode("created_people")
        receipt.createdFeatures = try row.decode("created_features")
        receipt.createdAccounts = try row.decode("created_accounts")
        receipt.effect = try row.decodeIfPresent("effect", as: String.self).map { try ImportEffect(json: $0) }
        receipt.createdCSMs = try row.decode("created_csms")
        receipt.notes = try row.decode("notes")
        self.receipt = receipt
        kind = try row.decode("kind")
        fileName = try row.decode("file_name")
        checksum = try row.decode("sha256")
        source = try row.decode("source")
        mapping = try row.decodeIfPresent("mapping")
        isHistory = try row.decode("is_history")
        started = (try row.decode("started"), try row.decode("started_at"))
        let undoneLocal = try row.decodeIfPresent("undone", as: String.self)
        let undoneUTC = try row.decodeIfPresent("undone_at", as: String.self)
        undone = undoneLocal.flatMap { local in undoneUTC.map { (local, $0) } }
        seconds = try row.decode("seconds")
        recipe = try row.decodeIfPresent("recipe")
        replayOf = try row.decodeIfPresent("replay_of")
        waiting = try row.decode("waiting")
    }
}

/// A row that was left out, with all its problems.
package struct RejectedRow: Sendable, Equatable {
    /// The line of the file on which it begins.
    package let line: Int64
    /// The columns at fault.
    package let columns: String?
    /// What is wrong.
    package let reasons: String
    /// The row as it came.
    package let raw: String
}

/// Reads receipts and rejected rows.
package struct ReceiptStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The newest receipts.
    package func newest(limit: Int) async throws -> [StoredReceipt] {
        try await connection.query(Statement(SQL.Import.receipts), [nil as Int64?, Int64(limit)])
            .map { try StoredReceipt($0) }
    }

    package func receipt(_ number: Int64) async throws -> StoredReceipt? {
        try await connection.query(Statement(SQL.Import.receipts), [number, 1 as Int64]).first
            .map { try StoredReceipt($0) }
    }

    /// The rejected rows of an import that are still kept, in order of the file.
    package func rejects(of receipt: Int64) async throws -> [RejectedRow] {
        try await connection.query(Statement(SQL.Import.rejects), [receipt]).map { row in
            RejectedRow(
                line: try row.decode("line"), columns: try row.decodeIfPresent("columns"),
                reasons: try row.decode("reasons"), raw: try row.decode("raw"))
        }
    }
}
