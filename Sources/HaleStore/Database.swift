import Foundation
import HaleSQL
public import Postgres

/// The database of a workspace: which one it is, and the connections to it.
public struct Database: Sendable {
    /// Where it is.
    public let location: DatabaseLocation
    private let service: ConnectionSettings
    private let owner: ConnectionSettings
    private let rules: ConnectionSettings
    private let pool: Pool

    /// The most connections a command opens; a scoring run takes three.
    public static let maximumConnections = 8
    /// How long a piece of work waits for a connection.
    public static let waitLimitSeconds = 60.0

    /// A database behind known settings: the service's, its owner's for migrations, and those of the role that evaluates
    /// the conditions of rules, which are the service's with that role's name where none are given.
    public init(
        location: DatabaseLocation, service: ConnectionSettings, owner: ConnectionSettings,
        rules: ConnectionSettings? = nil
    ) {
        self.location = location
        self.service = service
        self.owner = owner
        self.rules = rules ?? service.named("hale rules", as: .rules)
        pool = Pool(
            settings: service, maximumConnections: Self.maximumConnections, waitLimitSeconds: Self.waitLimitSeconds)
    }

    /// The database that an environment asks for. A private server is started when it is not running, and brought to this
    /// version's schema; an external one must have been migrated with `hale db migrate`.
    public static func open(
        environment: [String: String], reporting: (ServerEvent) -> Void = { _ in }
    ) async throws -> Database {
        let database = try await locate(environment: environment, reporting: reporting)
        switch database.location {
        case .privateServer:
            guard try await database.needsMigration() else { return database }
            try await database.migrate()
        case .address, .variables:
            guard try await database.needsMigration() else { return database }
            throw StoreError.notMigrated
        }
        return database
    }

    /// The same without looking at its schema.
    public static func locate(
        environment: [String: String], reporting: (ServerEvent) -> Void = { _ in }
    ) async throws -> Database {
        let location = try DatabaseLocation.resolve(
            environment: environment, workspace: Workspace(environment: environment))
        let service = ConnectionSettings(try location.connect(as: .service, reporting: reporting)).named("hale")
        let owner = ConnectionSettings(try location.connect(as: .owner)).named("hale migrate")
        var rules: ConnectionSettings?
        if case .privateServer = location {
            rules = ConnectionSettings(try location.connect(as: .rules)).named("hale rules")
        } else if let text = environment[rulesVariable], !text.isEmpty {
            rules = ConnectionSettings(.address(try DatabaseAddress(text))).named("hale rules")
        }
        return Database(location: location, service: service, owner: owner, rules: rules)
    }

    /// The variable that names the connection of the role `hale_rules` on a server of one's own.
    public static let rulesVariable = "HALE_RULES_DATABASE_URL"

    /// Lends a connection that logged in as `hale_rules`, which can read the signals and nothing else. Throws
    /// `StoreError.noRulesRole` where the server refuses it.
    public func withRules<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        let connection = try await openRules()
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    private func openRules() async throws -> Connection {
        do {
            return try await Connection.open(rules)
        } catch {
            guard error.kind == .authentication || error.message.contains("does not exist") else { throw error }
            throw StoreError.noRulesRole(error.message)
        }
    }

    /// Lends a connection.
    public func withConnection<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        try await pool.withConnection(body)
    }

    /// Brings the schema to this version; on the private server the roles and the database are made first.
    @discardableResult
    public func migrate() async throws -> [String] {
        if case .privateServer(let workspace) = location {
            let server = try PrivateServer(workspace: workspace).ensureRunning()
            try await Self.bootstrap(server)
        }
        return try await withOwner { try await Migrator().migrate($0) }
    }

    /// What a migration would do.
    public func migrationStatus() async throws -> Migrator.Status {
        try await withOwner { try await Migrator().status($0) }
    }

    /// Lends a connection of the owner, for work on the schema.
    public func withOwner<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        let connection = try await Connection.open(owner)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Closes every connection.
    public func close() async {
        await pool.close()
    }

    /// How often a command asks a server that recovers from a crash, and how long it waits in between.
    private static let recoveryAttempts = 120
    private static let recoveryPause = Duration.milliseconds(250)

    /// Read with the service's own connection, which the command needs anyway. A server that is still recovering (57P03)
    /// is waited for.
    private func needsMigration() async throws -> Bool {
        for _ in 1..<Self.recoveryAttempts {
            do {
                return try await asksForMigration()
            } catch let error as PostgresError where error.sqlState == "57P03" {
                try await Task.sleep(for: Self.recoveryPause)
            }
        }
        return try await asksForMigration()
    }

    private func asksForMigration() async throws -> Bool {
        do {
            return try await withConnection { try await Migrator().status($0) } != .current
        } catch let error as PostgresError where Self.isMissingDatabase(error) {
            guard case .privateServer = location else { throw error }
            return true
        }
    }

    /// No such database (3D000) or no such role (28000): the private server is new.
    private static func isMissingDatabase(_ error: PostgresError) -> Bool {
        error.sqlState == "3D000" || error.sqlState == "28000" || error.message.contains("does not exist")
    }

    /// Makes the roles and the database, tolerating that they exist; two commands may do it at once.
    private static func bootstrap(_ server: RunningServer) async throws {
        let settings = ConnectionSettings(server.keywords(as: .superuser, database: "postgres"))
        let connection = try await Connection.open(settings)
        do {
            try await connection.script(Statement(SQL.Server.lockBootstrap))
            try await connection.script(Statement(SQL.Server.roles))
            let exists = try await connection.query(Statement(SQL.Server.databaseExists)).first?
                .decode("is_there", as: Bool.self)
            if exists != true { try await connection.script(Statement(SQL.Server.createDatabase)) }
            await connection.close()
        } catch {
            await connection.close()
            throw error
        }
    }
}

extension ConnectionSettings {
    /// The settings of a place to connect to.
    fileprivate init(_ target: ConnectionTarget) {
        switch target {
        case .keywords(let keywords): self.init(keywords)
        case .address(let address): self.init(uri: address.secretText)
        }
    }

    /// The settings with a name that the server's activity view shows, and perhaps as another role.
    fileprivate func named(_ name: String, as role: DatabaseRole? = nil) -> ConnectionSettings {
        var settings = self
        settings.keywords["application_name"] = name
        if let role { settings.keywords["user"] = role.rawValue }
        return settings
    }
}
