import HaleSQL
public import Postgres

/// The statements of an undo, all on one connection and in one transaction.
public struct UndoStore: Sendable {
    /// What was taken back.
    public struct Counts: Sendable, Equatable {
        /// Rows that the import had added.
        public var removed: Int64 = 0
        /// Rows that have the values from before again.
        public var restored: Int64 = 0
        /// People who were created because a row named them.
        public var people: Int64 = 0
        /// Features who were created because a row named them.
        public var features: Int64 = 0
        /// CSMs who were created because a row named them.
        public var csms: Int64 = 0
        /// Accounts who were created because a row named them.
        public var accounts: Int64 = 0

        /// Nothing yet.
        public init() {}
    }

    /// What undoing one kind takes besides what all kinds have in common.
    public struct Statements: Sendable {
        /// Gives rows back what was overwritten.
        let restore: SQL?
        /// What hangs on rows that the import created.
        let obstacles: SQL?
        /// Takes rows back; nil where only the common removal of what nothing needs does.
        let remove: SQL?

        /// The statements of a kind.
        public static func of(_ kind: String) -> Statements? { all[kind] }

        private static let all: [String: Statements] = [
            "csms": Statements(
                restore: SQL.Undo.restoreCsms, obstacles: SQL.Undo.obstaclesCsms, remove: SQL.Undo.removeCsms),
            "features": Statements(
                restore: SQL.Undo.restoreFeatures, obstacles: SQL.Undo.obstaclesFeatures,
                remove: SQL.Undo.removeFeatures),
            "holidays": Statements(restore: nil, obstacles: nil, remove: SQL.Undo.removeHolidays),
            "fx_rates": Statements(restore: SQL.Undo.restoreFxRates, obstacles: nil, remove: SQL.Undo.removeFxRates),
            "accounts": Statements(
                restore: SQL.Undo.restoreAccounts, obstacles: SQL.Undo.obstaclesAccounts,
                remove: SQL.Undo.removeAccounts),
            "people": Statements(
                restore: SQL.Undo.restorePeople, obstacles: SQL.Undo.obstaclesPeople, remove: SQL.Undo.removePeople),
            "contracts": Statements(restore: nil, obstacles: nil, remove: SQL.Undo.removeContracts),
            "usage": Statements(restore: nil, obstacles: nil, remove: nil),
            "nps": Statements(restore: SQL.Undo.restoreNps, obstacles: nil, remove: SQL.Undo.removeNps),
            "tickets": Statements(restore: SQL.Undo.restoreTickets, obstacles: nil, remove: SQL.Undo.removeTickets),
            "invoices": Statements(
                restore: SQL.Undo.restoreInvoices, obstacles: nil, remove: SQL.Undo.removeInvoices),
            "touchpoints": Statements(restore: nil, obstacles: nil, remove: SQL.Undo.removeTouchpoints),
            "spend": Statements(restore: SQL.Undo.restoreSpend, obstacles: nil, remove: SQL.Undo.removeSpend),
            "leads": Statements(restore: SQL.Undo.restoreLeads, obstacles: nil, remove: SQL.Undo.removeLeads),
        ]
    }

    private let connection: Connection

    /// A store that works in the caller's transaction.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// Waits for imports that are going on and lets none begin.
    public func begin() async throws {
        _ = try await connection.query(Statement(SQL.Import.useTimeZone))
        _ = try await connection.query(Statement(SQL.Undo.lockImports))
        try await connection.script(Statement(SQL.Import.touchedAccounts))
    }

    /// The import of a kind that can be undone, and whether it is too long ago.
    public func newest(kind: String) async throws -> (receipt: Int64, isTooOld: Bool)? {
        try await connection.query(Statement(SQL.Undo.newest), [kind, ImportStore.undoLimitDays]).first
            .map { (try $0.decode("import_id"), try $0.decode("is_too_old")) }
    }

    /// Notes, in the temporary table `touched_account`, the accounts whose facts the import wrote.
    public func noteAccounts(of receipt: Int64, kind: String) async throws {
        _ = try await connection.execute(Statement(SQL.Undo.noteAccounts), [receipt, kind])
    }

    /// Gives rows back what the import had overwritten.
    public func restore(_ statements: Statements, receipt: Int64) async throws -> Int64 {
        guard let restore = statements.restore else { return 0 }
        return Int64(try await connection.execute(Statement(restore), [receipt]))
    }

    /// What hangs on the rows that the import created; asked after `restore`.
    public func obstacles(_ statements: Statements, receipt: Int64, limit: Int) async throws -> [String] {
        guard let obstacles = statements.obstacles else { return [] }
        return try await connection.query(Statement(obstacles), [receipt, Int64(limit)]).map { try $0.decode("reason") }
    }

    /// Takes back the rows that the import added; asked after `obstacles`.
    public func remove(_ statements: Statements, receipt: Int64) async throws -> Int64 {
        guard let remove = statements.remove else { return 0 }
        return Int64(try await connection.execute(Statement(remove), [receipt]))
    }

    /// How many raw events of an import are still there.
    public func rawUsage(of receipt: Int64) async throws -> Int64 {
        try await connection.query(Statement(SQL.Undo.rawUsage), [receipt]).first?.decode("events") ?? 0
    }

    /// Takes back the raw usage of an import and packs the months it had touched anew.
    public func removeUsage(of receipt: Int64) async throws {
        try await connection.script(Statement(SQL.Usage.touched))
        _ = try await connection.execute(Statement(SQL.Undo.noteMonths), [receipt])
        _ = try await connection.query(Statement(SQL.Usage.lockTouched))
        _ = try await connection.execute(Statement(SQL.Undo.removeUsage), [receipt])
        _ = try await connection.execute(Statement(SQL.Undo.unpackAccounts))
        _ = try await connection.execute(Statement(SQL.Usage.packPeople))
        _ = try await connection.execute(Statement(SQL.Usage.packFeatures))
        _ = try await connection.execute(Statement(SQL.Usage.packAccounts))
    }

    /// Takes back what was created because a row named it, and that nothing needs any more.
    public func removeUnused(createdBy receipt: Int64, counts: inout Counts) async throws {
        counts.people = Int64(try await connection.execute(Statement(SQL.Undo.removePeople), [receipt]))
        counts.features = Int64(try await connection.execute(Statement(SQL.Undo.removeFeatures), [receipt]))
        counts.accounts = Int64(try await connection.execute(Statement(SQL.Undo.removeAccounts), [receipt]))
        counts.csms = Int64(try await connection.execute(Statement(SQL.Undo.removeUnusedCsms), [receipt]))
    }

    /// Gives the rejected rows back that a replay had taken in.
    public func restoreRejects(receipt: Int64) async throws {
        _ = try await connection.execute(Statement(SQL.Undo.restoreRejects), [receipt])
    }

    /// Marks the import as undone.
    public func close(receipt: Int64) async throws {
        _ = try await connection.execute(Statement(SQL.Undo.closeReceipt), [receipt])
    }
}
