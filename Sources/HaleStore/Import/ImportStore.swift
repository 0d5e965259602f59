package import HaleDomain
import HaleSQL
package import Postgres

/// The statements of one import, all on one connection and, from `begin` on, in one transaction.
package struct ImportStore: Sendable {
    let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An earlier import of the same file.
    package struct Earlier: Sendable, Equatable {
        /// The receipt's number.
        package let receipt: Int64
        /// Rows that were read then.
        package let rows: Int64
        /// Rows that were refused then and are still kept.
        package let rejected: Int64
        /// Whether nothing of the kind was imported since, through the same mapping.
        package let isNewest: Bool

        /// Whether importing the file again could not change anything.
        package var saysItAll: Bool { isNewest && rejected == 0 }
    }

    /// What a receipt says.
    package struct Receipt: Sendable, Equatable {
        /// The receipt's number.
        package var number: Int64 = 0
        /// Rows in the file.
        package var read: Int64 = 0
        /// New facts.
        package var inserted: Int64 = 0
        /// Facts whose values changed.
        package var updated: Int64 = 0
        /// Rows that said what was known already.
        package var unchanged: Int64 = 0
        /// Rows refused and kept as rejects.
        package var rejected: Int64 = 0
        /// Rows left out by the mapping.
        package var skipped: Int64 = 0
        /// People created because a row named them.
        package var createdPeople: Int64 = 0
        /// Features created because a row named them.
        package var createdFeatures: Int64 = 0
        /// Accounts created because a row named them and the user allowed it.
        package var createdAccounts: Int64 = 0
        /// CSMs created because a row named them and the user allowed it.
        package var createdCSMs: Int64 = 0
        /// What was recognised and left out, in words.
        package var notes: [String] = []
        /// What was in before and after; nil where nothing of it was touched, and in receipts of earlier versions.
        package var effect: ImportEffect?
        /// What is wrong with the rows that were left out; not kept, the rows are.
        package var causes: [Cause] = []
        /// How the file was read, where more of that was found out than when the receipt was opened.
        package var recipe: String?

        /// A receipt with nothing in it.
        package init() {}
    }

    /// Staged rows from which on tables are joined as wholes.
    static let manyRows = 5_000

    /// Something wrong with rows.
    package struct Cause: Sendable, Equatable {
        /// The line of the file on which the first of them begins.
        package let line: Int64
        /// The column, where it is one column's fault.
        package let column: String?
        /// What is wrong with the first.
        package let reason: String
        /// How many rows have it.
        package let rows: Int64
        /// Whether the others have the like with other values, and not the very same.
        package let isMixed: Bool

        package init(line: Int64, column: String?, reason: String, rows: Int64, isMixed: Bool) {
            self.line = line
            self.column = column
            self.reason = reason
            self.rows = rows
            self.isMixed = isMixed
        }
    }

    /// The last finished import of a file with this checksum as this kind; `mapping` is the text of the mapping.
    package func earlier(kind: ImportKind, checksum: String, mapping: String?) async throws -> Earlier? {
        guard let row = try await connection.query(Statement(SQL.Import.sameFile), [kind, checksum, mapping]).first
        else {
            return nil
        }
        return Earlier(
            receipt: try row.decode("import_id"), rows: try row.decode("rows_read"),
            rejected: try row.decode("rejected"), isNewest: try row.decode("is_newest"))
    }

    /// A row that was left out, with one of its problems.
    package struct Reject: Sendable, Equatable {
        /// The line of the file.
        package let line: Int64
        /// The problem's place among those of the row, from 1.
        package let ordinal: Int32
        /// The column at fault.
        package let column: String?
        /// What is wrong.
        package let reason: String
        /// The row as it came.
        package let raw: String

        /// A problem of a row.
        package init(line: Int64, ordinal: Int32, column: String?, reason: String, raw: String) {
            self.line = line
            self.ordinal = ordinal
            self.column = column
            self.reason = reason
            self.raw = raw
        }
    }

    /// Makes the staging tables of a kind that is staged, sets the session to the organisation's time zone, all until the
    /// transaction ends, and lets one import with this lock go on at a time.
    package func begin(_ statements: ImportStatements?, lock: String) async throws {
        _ = try await connection.query(Statement(SQL.Import.useTimeZone))
        _ = try await connection.query(Statement(SQL.Import.lockFile), [lock])
        try await connection.script(Statement(SQL.Import.problems))
        try await connection.script(Statement(SQL.Import.touchedAccounts))
        if let statements { try await connection.script(Statement(statements.staging)) }
    }

    /// Streams rows into the staging table; the writer takes binary COPY data.
    package func stage(_ body: (CopyWriter) async throws -> Void) async throws -> Int {
        let rows = try await connection.copyIn(Statement(SQL.Import.copyStaged), body)
        if rows >= Self.manyRows { _ = try await connection.query(Statement(SQL.Import.joinWhole)) }
        return rows
    }

    /// Keeps rows that could not be read under the receipt.
    package func keepRejects(receipt: Int64, _ rejects: [Reject]) async throws {
        var buffer = BinaryCopyBuffer()
        for reject in rejects {
            buffer.beginRow(fieldCount: 6)
            buffer.append(receipt)
            buffer.append(reject.line)
            buffer.append(reject.ordinal)
            buffer.append(reject.column)
            buffer.append(reject.reason)
            buffer.append(reject.raw)
        }
        buffer.finish()
        let bytes = buffer.take()
        _ = try await connection.copyIn(Statement(SQL.Import.copyRejects)) { try await $0.write(bytes) }
    }

    /// Creates the accounts that staged rows name and nobody imported; returns how many.
    package func createMissingAccounts() async throws -> Int64 {
        let created = try await connection.execute(Statement(SQL.Import.createMissingAccountKeys))
        _ = try await connection.execute(Statement(SQL.Import.createMissingAccounts))
        return Int64(created)
    }

    /// Creates the CSMs that staged rows name and nobody imported; returns how many.
    package func createMissingCSMs() async throws -> Int64 {
        Int64(try await connection.execute(Statement(SQL.Import.createMissingCsms)))
    }

    /// The day of an import, or today, and the instant at which the day after it is over [microseconds since 2000].
    package func latestFact(today: Day?) async throws -> (today: Day, endMicroseconds: Int64) {
        let rows = try await connection.query(Statement(SQL.Import.latestFact), [today?.postgresDate])
        guard let row = rows.first else { throw StoreError.unreadableRow("the database does not say what day it is") }
        return (
            try row.day("today"), try row.decode("ends_at", as: PostgresTimestamp.self).microsecondsSince2000
        )
    }

    /// Runs the checks of a kind; the count of problems and of the lines they are on. `confirms` says that what is merely
    /// doubtful is meant so.
    package func check(
        _ statements: ImportStatements, currency: String?, confirms: Bool = false
    ) async throws -> (problems: Int64, lines: Int64) {
        if statements.namesAccounts { _ = try await connection.execute(Statement(SQL.Import.unknownAccounts)) }
        if statements.namesPeople { _ = try await connection.execute(Statement(SQL.Import.settlePeople)) }
        if let check = statements.check {
            _ = try await connection.execute(Statement(check), statements.checkTakesCurrency ? [currency] : [])
        }
        if let money = statements.moneyCheck { _ = try await connection.execute(Statement(money), [currency]) }
        if let doubts = statements.doubts, !confirms {
            _ = try await connection.execute(Statement(doubts), [currency])
        }
        let counts = try await connection.query(Statement(SQL.Import.problemCount))
        guard let row = counts.first else { return (0, 0) }
        return (try row.decode("problems"), try row.decode("lines"))
    }

    /// What is wrong with staged rows, the most frequent first; `wordingLimit` is how many values of a cause are told
    /// apart.
    package func causes(limit: Int64, wordingLimit: Int64) async throws -> [Cause] {
        try await connection.query(Statement(SQL.Import.causes), [limit, wordingLimit]).map { row in
            Cause(
                line: try row.decode("first_line"), column: try row.decodeIfPresent("column_name"),
                reason: try row.decode("reason"), rows: try row.decode("rows"), isMixed: try row.decode("is_mixed"))
        }
    }

    /// Keeps the bad rows under the receipt and takes them out of the staged ones.
    package func setAsideBadRows(receipt: Int64) async throws {
        _ = try await connection.execute(Statement(SQL.Import.keepRejects), [receipt])
        _ = try await connection.execute(Statement(SQL.Import.dropBadRows))
    }

    /// Opens a receipt and returns its number. What the transaction inserts from here on is stamped with it.
    package func openReceipt(_ opening: Opening) async throws -> Int64 {
        _ = try await connection.execute(Statement(SQL.Import.forgetChanges), [opening.kind, Self.undoLimitDays])
        let rows = try await connection.query(
            Statement(SQL.Import.openReceipt),
            [
                opening.kind, opening.fileName, opening.checksum, opening.source, opening.mapping, opening.isHistory,
                opening.recipe, opening.replayOf,
            ])
        guard let row = rows.first else { throw StoreError.unreadableRow("no receipt was returned") }
        return try row.decode("import_id")
    }

    /// Takes the rejected rows of an import away, to be imported again; how many rows there were.
    package func takeRejects(of receipt: Int64) async throws -> Int {
        let rows = try await connection.query(Statement(SQL.Import.takeRejects), [receipt])
        return Int(try rows.first?.decode("lines", as: Int64.self) ?? 0)
    }

    /// Writes the staged rows into the facts; counts go into the receipt.
    package func apply(
        _ statements: ImportStatements, receipt: inout Receipt, columns: [String], isHistory: Bool, checksum: String,
        currency: String?
    ) async throws {
        if statements.createsPeople {
            receipt.createdPeople += Int64(try await connection.execute(Statement(SQL.Import.newPeople)))
        }
        if let keys = statements.keys { _ = try await connection.execute(Statement(keys)) }
        let parameters: [(any PostgresEncodable)?] =
            switch statements.parameters {
            case .columns: [columns]
            case .columnsHistoryReceipt: [columns, isHistory, receipt.number]
            case .columnsHistoryReceiptCurrency: [columns, isHistory, receipt.number, currency]
            case .receiptHistoryChecksum: [receipt.number, isHistory, checksum]
            case .receiptHistoryChecksumColumns: [receipt.number, isHistory, checksum, columns]
            }
        if let row = try await connection.query(Statement(statements.apply), parameters).first {
            receipt.inserted = try row.decode("inserted")
            receipt.updated = try row.decode("updated")
        }
        let isChange = receipt.inserted + receipt.updated > 0
        try await noteChanges(common: isChange ? statements.commonChange : nil)
    }

    /// Lets an incremental score find the accounts in the temporary table `touched_account`, and what changed that every
    /// score depends on. Last in a transaction, because what is noted stays locked to its end.
    package func noteChanges(common: CommonChange?) async throws {
        if let common { _ = try await connection.execute(Statement(SQL.Import.noteCommonChange), [common]) }
        _ = try await connection.execute(Statement(SQL.Import.noteChangedAccounts))
    }

    /// Completes the receipt.
    package func finish(_ receipt: Receipt) async throws {
        _ = try await connection.execute(
            Statement(SQL.Import.finishReceipt),
            [
                receipt.number, receipt.read, receipt.inserted, receipt.updated, receipt.unchanged, receipt.rejected,
                receipt.skipped, receipt.createdPeople, receipt.createdFeatures, receipt.createdAccounts, receipt.notes,
                receipt.recipe, receipt.createdCSMs, try receipt.effect?.json,
            ])
    }

    /// Counts the tables that have grown since they were counted; after the transaction of an import.
    package func refreshStatistics() async throws {
        var counted: Set<String> = []
        while let row = try await connection.query(Statement(SQL.Import.refreshStatistics)).first,
            let name = try row.decodeIfPresent("name", as: String.self), counted.insert(name).inserted
        {}
    }

    /// Makes the partition of a month of usage if it is missing.
    package func ensureUsageMonth(_ month: PostgresDate) async throws {
        _ = try await connection.query(Statement(SQL.Usage.ensureMonth), ["usage_event", month])
    }
}
