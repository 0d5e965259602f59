import Foundation
import HaleSQL
package import Postgres
package import PrivateServer

/// The database of a workspace: which one it is, and the connections to it.
package struct Database: Sendable {
    /// Where it is.
    package let location: DatabaseLocation
    private let owner: ConnectionSettings
    private let rules: ConnectionSettings
    private let pool: Pool
    private let watch: Watching?

    /// The task that looks for locks, which ends with the database.
    private final class Watching: Sendable {
        let task: Task<Void, Never>

        init(_ watch: LockWatch) {
            task = Task { await watch.run() }
        }

        deinit { task.cancel() }
    }

    /// The most connections a command opens; a scoring run takes three.
    package static let maximumConnections = 8
    /// How long a piece of work waits for a connection.
    package static let waitLimitSeconds = 60.0

    /// A database behind known settings: the service's, its owner's for migrations, and those of the role that evaluates
    /// the conditions of rules, which are the service's with that role's name where none are given. With `whenWaiting` it is
    /// told for whom the sessions wait whose application name begins with the service's.
    package init(
        location: DatabaseLocation, service: ConnectionSettings, owner: ConnectionSettings,
        rules: ConnectionSettings? = nil, whenWaiting: (@Sendable (LockHolder) -> Void)? = nil
    ) {
        self.location = location
        self.owner = owner
        self.rules = rules ?? service.named("hale rules", as: .rules)
        pool = Pool(
            settings: service, maximumConnections: Self.maximumConnections, waitLimitSeconds: Self.waitLimitSeconds
        ) { try await Self.checkConnection($0) }
        watch = whenWaiting.map { report in
            let name = service.keywords["application_name"] ?? "hale"
            return Watching(LockWatch(name: name, settings: service.named("\(name) watch"), report: report))
        }
    }

    /// Has the server notice when this process is gone while a statement runs. Behind a pooler that is the pooler's part.
    private static func checkConnection(_ connection: Connection) async throws(PostgresError) {
        guard try await connection.keepsItsSettings else { return }
        do {
            _ = try await connection.query(Statement(SQL.Server.checkConnections))
        } catch {
            // Invalid parameter value: the server's system cannot do it.
            guard error.sqlState == "22023" else { throw error }
        }
    }

    private static func open(_ settings: ConnectionSettings) async throws(PostgresError) -> Connection {
        let connection = try await Connection.open(settings)
        do throws(PostgresError) {
            try await checkConnection(connection)
            return connection
        } catch {
            await connection.close()
            throw error
        }
    }

    /// The database that an environment asks for. A private server is started when it is not running, and brought to this
    /// version's schema; an external one must have been migrated with `hale db migrate`.
    package static func open(
        environment: [String: String], reporting: (ServerEvent) -> Void = { _ in },
        whenWaiting: (@Sendable (LockHolder) -> Void)? = nil
    ) async throws -> Database {
        let database = try await locate(environment: environment, reporting: reporting, whenWaiting: whenWaiting)
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
    package static func locate(
        environment: [String: String], reporting: (ServerEvent) -> Void = { _ in },
        whenWaiting: (@Sendable (LockHolder) -> Void)? = nil
    ) async throws -> Database {
        let name = sessionName
        let location = try DatabaseLocation.resolve(
            environment: environment, workspace: Workspace(environment: environment))
        // Asked once, as each time the server answers with a process of its own.
        let service = ConnectionSettings(try location.connect(as: .service, reporting: reporting)).named(name)
        var owner = service.named("\(name) migrate")
        var rules: ConnectionSettings?
        if case .privateServer = location {
            owner = service.named("\(name) migrate", as: .owner)
            rules = service.named("\(name) rules", as: .rules)
        } else if let text = environment[rulesVariable], !text.isEmpty {
            rules = ConnectionSettings(.address(try DatabaseAddress(text))).named("\(name) rules")
        }
        return Database(
            location: location, service: service, owner: owner, rules: rules, whenWaiting: whenWaiting)
    }

    /// What the sessions of this process call themselves, so that others see whom they wait for: the command's words, of
    /// which nothing that people typed besides, and the process.
    private static var sessionName: String {
        let words = CommandLine.arguments.dropFirst().prefix { $0.wholeMatch(of: /[a-z][a-z-]{0,15}/) != nil }
        return (["hale"] + words.prefix(2) + ["\(OperatingSystem.processID)"]).joined(separator: " ")
    }

    /// The variable that names the connection of the role `hale_rules` on a server of one's own.
    package static let rulesVariable = "HALE_RULES_DATABASE_URL"

    /// Lends a connection that logged in as `hale_rules`, which can read the signals and nothing else. Throws
    /// `StoreError.noRulesRole` where the server refuses it.
    package func withRules<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
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
            return try await Self.open(rules)
        } catch {
            guard error.kind == .authentication || error.isMissingDatabase else { throw error }
            throw StoreError.noRulesRole(error.message)
        }
    }

    /// Lends a connection.
    package func withConnection<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        try await pool.withConnection(body)
    }

    /// Brings the schema to this version; on the private server the roles and the database are made first.
    @discardableResult
    package func migrate() async throws -> [String] {
        if case .privateServer(let workspace) = location {
            let server = try PrivateServer(workspace: workspace).ensureRunning()
            try await Self.bootstrap(server)
        }
        return try await withOwner { try await Migrator().migrate($0) }
    }

    /// What a migration would do.
    package func migrationStatus() async throws -> Migrator.Status {
        try await withOwner { try await Migrator().status($0) }
    }

    /// Lends a connection of the owner, for work on the schema.
    package func withOwner<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        let connection = try await Self.open(owner)
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
    package func close() async {
        watch?.task.cancel()
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
        } catch let error as PostgresError where error.isMissingDatabase || error.sqlState == "28000" {
            // The database or its role (28000) is not there: the private server is new.
            guard case .privateServer = location else { throw error }
            return true
        }
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
            try await closeGates(ConnectionSettings(server.keywords(as: .superuser)))
            await connection.close()
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Takes from readers what only a superuser can take, in Hale's database.
    private static func closeGates(_ settings: ConnectionSettings) async throws {
        let connection = try await Connection.open(settings)
        do {
            try await connection.script(Statement(SQL.Server.closeGates))
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
