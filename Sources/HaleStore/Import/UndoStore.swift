package import HaleDomain
import HaleSQL
package import Postgres

/// The statements of an undo, all on one connection and in one transaction.
package struct UndoStore: Sendable {
    /// What was taken back.
    package struct Counts: Sendable, Equatable {
        /// Rows that the import had added.
        package var removed: Int64 = 0
        /// Rows that have the values from before again.
        package var restored: Int64 = 0
        /// People who were created because a row named them.
        package var people: Int64 = 0
        /// Features who were created because a row named them.
        package var features: Int64 = 0
        /// CSMs who were created because a row named them.
        package var csms: Int64 = 0
        /// Accounts who were created because a row named them.
        package var accounts: Int64 = 0

        /// Nothing yet.
        package init() {}
    }

    /// What undoing one kind takes besides what all kinds have in common.
    package struct Statements: Sendable {
        /// Gives rows back what was overwritten.
        let restore: SQL?
        /// What hangs on rows that the import created.
        let obstacles: SQL?
        /// Takes rows back; nil where only the common removal of what nothing needs does.
        let remove: SQL?

        private init(restore: SQL? = nil, obstacles: SQL? = nil, remove: SQL? = nil) {
            self.restore = restore
            self.obstacles = obstacles
            self.remove = remove
        }

        /// The statements of a kind.
        package static func of(_ kind: ImportKind) -> Statements {
            switch kind {
            case .csms:
                Statements(
                    restore: SQL.ImportCsms.restore, obstacles: SQL.ImportCsms.obstacles, remove: SQL.ImportCsms.remove)
            case .features:
                Statements(
                    restore: SQL.ImportFeatures.restore, obstacles: SQL.ImportFeatures.obstacles,
                    remove: SQL.ImportFeatures.remove)
            case .holidays: Statements(remove: SQL.ImportHolidays.remove)
            case .fxRates: Statements(restore: SQL.ImportFxRates.restore, remove: SQL.ImportFxRates.remove)
            case .accounts:
                Statements(
                    restore: SQL.ImportAccounts.restore, obstacles: SQL.ImportAccounts.obstacles,
                    remove: SQL.ImportAccounts.remove)
            case .people:
                Statements(
                    restore: SQL.ImportPeople.restore, obstacles: SQL.ImportPeople.obstacles,
                    remove: SQL.ImportPeople.remove)
            case .contracts: Statements(remove: SQL.ImportContracts.remove)
            case .usage: Statements()
            case .nps: Statements(restore: SQL.ImportNps.restore, remove: SQL.ImportNps.remove)
            case .tickets: Statements(restore: SQL.ImportTickets.restore, remove: SQL.ImportTickets.remove)
            case .invoices: Statements(restore: SQL.ImportInvoices.restore, remove: SQL.ImportInvoices.remove)
            case .touchpoints: Statements(remove: SQL.ImportTouchpoints.remove)
            case .spend: Statements(restore: SQL.ImportSpend.restore, remove: SQL.ImportSpend.remove)
            case .leads: Statements(restore: SQL.ImportLeads.restore, remove: SQL.ImportLeads.remove)
            }
        }
    }

    private let connection: Connection

    /// A store that works in the caller's transaction.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Waits for imports that are going on and lets none begin.
    package func begin() async throws {
        _ = try await connection.query(Statement(SQL.Import.useTimeZone))
        _ = try await connection.query(Statement(SQL.ImportUndo.lockImports))
        try await connection.script(Statement(SQL.Import.touchedAccounts))
    }

    /// The import of a kind that can be undone, and whether it is too long ago.
    package func newest(kind: ImportKind) async throws -> (receipt: Int64, isTooOld: Bool)? {
        try await connection.query(Statement(SQL.ImportUndo.newest), [kind, ImportStore.undoLimitDays]).first
            .map { (try $0.decode("import_id"), try $0.decode("is_too_old")) }
    }

    /// Notes, in the temporary table `touched_account`, the accounts whose facts the import wrote.
    package func noteAccounts(of receipt: Int64, kind: ImportKind) async throws {
        _ = try await connection.execute(Statement(SQL.ImportUndo.noteAccounts), [receipt, kind])
    }

    /// Gives rows back what the import had overwritten.
    package func restore(_ statements: Statements, receipt: Int64) async throws -> Int64 {
        guard let restore = statements.restore else { return 0 }
        return Int64(try await connection.execute(Statement(restore), [receipt]))
    }

    /// What hangs on the rows that the import created; asked after `restore`.
    package func obstacles(_ statements: Statements, receipt: Int64, limit: Int) async throws -> [String] {
        guard let obstacles = statements.obstacles else { return [] }
        return try await connection.query(Statement(obstacles), [receipt, Int64(limit)]).map { try $0.decode("reason") }
    }

    /// Takes back the rows that the import added; asked after `obstacles`.
    package func remove(_ statements: Statements, receipt: Int64) async throws -> Int64 {
        guard let remove = statements.remove else { return 0 }
        return Int64(try await connection.execute(Statement(remove), [receipt]))
    }

    /// How many raw events of an import are still there.
    package func rawUsage(of receipt: Int64) async throws -> Int64 {
        try await connection.query(Statement(SQL.ImportUndo.rawUsage), [receipt]).first?.decode("events") ?? 0
    }

    /// Takes back the raw usage of an import and packs the months it had touched anew.
    package func removeUsage(of receipt: Int64) async throws {
        try await connection.script(Statement(SQL.Usage.touched))
        _ = try await connection.execute(Statement(SQL.ImportUndo.noteMonths), [receipt])
        _ = try await connection.query(Statement(SQL.Usage.lockTouched))
        _ = try await connection.execute(Statement(SQL.ImportUsage.remove), [receipt])
        _ = try await connection.execute(Statement(SQL.ImportUndo.unpackAccounts))
        _ = try await connection.execute(Statement(SQL.Usage.packPeople))
        _ = try await connection.execute(Statement(SQL.Usage.packFeatures))
        _ = try await connection.execute(Statement(SQL.Usage.packAccounts))
    }

    /// Takes back what was created because a row named it, and that nothing needs any more.
    package func removeUnused(createdBy receipt: Int64, counts: inout Counts) async throws {
        counts.people = Int64(try await connection.execute(Statement(SQL.ImportPeople.remove), [receipt]))
        counts.features = Int64(try await connection.execute(Statement(SQL.ImportFeatures.remove), [receipt]))
        counts.accounts = Int64(try await connection.execute(Statement(SQL.ImportAccounts.remove), [receipt]))
        counts.csms = Int64(try await connection.execute(Statement(SQL.ImportUndo.removeUnusedCsms), [receipt]))
    }

    /// Gives the rejected rows back that a replay had taken in.
    package func restoreRejects(receipt: Int64) async throws {
        _ = try await connection.execute(Statement(SQL.ImportUndo.restoreRejects), [receipt])
    }

    /// Marks the import as undone.
    package func close(receipt: Int64) async throws {
        _ = try await connection.execute(Statement(SQL.ImportUndo.closeReceipt), [receipt])
    }
}
