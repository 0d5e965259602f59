import Glibc
import Postgres

/// The throw-away server the tests talk to.
enum TestServer {
    /// Why there is no server to test with.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// The directory of the server's socket, or a loopback address, from the environment.
    static func host() throws -> String {
        // The environment is not changed while the tests run.
        guard let value = unsafe getenv("HALE_TEST_SOCKET") else {
            throw Missing(description: "start the tests with `make test`: it runs its own server")
        }
        let host = unsafe String(cString: value)
        guard host.hasPrefix("/") || host == "127.0.0.1" || host == "::1" || host == "localhost" else {
            throw Missing(description: "HALE_TEST_SOCKET must be a socket's directory or loopback, not \(host)")
        }
        return host
    }

    static func settings(_ more: [String: String] = [:]) throws -> ConnectionSettings {
        var keywords = ["host": try host(), "user": "postgres", "dbname": "postgres"]
        keywords.merge(more) { _, new in new }
        return ConnectionSettings(keywords)
    }

    static func connect() async throws -> Connection {
        try await Connection.open(try settings())
    }

    /// Ends the server process of a connection from another one and waits until it is gone.
    static func kill(_ processID: Int) async throws {
        let connection = try await connect()
        let rows = try await connection.query("select pg_terminate_backend($1::int4, 30000) as gone", [processID])
        guard try rows.first?.decode("gone", as: Bool.self) == true else {
            throw Missing(description: "server process \(processID) could not be ended")
        }
        await connection.close()
    }
}

// Tests write short statements in place; each is called `test` in errors.
extension Connection {
    nonisolated func query(_ text: String, _ parameters: [(any PostgresEncodable)?] = []) async throws -> [Row] {
        try await query(Statement(name: "test", text: text), parameters)
    }

    @discardableResult
    nonisolated func execute(_ text: String, _ parameters: [(any PostgresEncodable)?] = []) async throws -> Int {
        try await execute(Statement(name: "test", text: text), parameters)
    }

    /// The one value of the column `value`.
    nonisolated func value<Value: PostgresDecodable>(
        _ text: String, _ parameters: [(any PostgresEncodable)?] = [], as type: Value.Type = Value.self
    ) async throws -> Value {
        let rows = try await query(text, parameters)
        guard rows.count == 1, let row = rows.first else {
            throw TestServer.Missing(description: "\(rows.count) rows where one was expected")
        }
        return try row.decode("value")
    }
}

/// The error of kind `PostgresError` that `body` throws.
func failure<Value>(of body: () async throws -> Value) async throws -> PostgresError {
    do {
        _ = try await body()
    } catch let error as PostgresError {
        return error
    }
    throw TestServer.Missing(description: "no error was thrown where one was expected")
}

/// Signals that a server sends by `raise notice`, as a sequence to wait on.
struct NoticeSignals {
    let settings: ConnectionSettings
    private let notices: AsyncStream<PostgresNotice>

    init() throws {
        let (stream, continuation) = AsyncStream.makeStream(of: PostgresNotice.self)
        notices = stream
        var settings = try TestServer.settings()
        settings.onNotice = { continuation.yield($0) }
        self.settings = settings
    }

    /// Waits for the next notice.
    func next() async -> PostgresNotice? {
        var iterator = notices.makeAsyncIterator()
        return await iterator.next()
    }

    /// Says `running` and then runs until it is stopped.
    static let endless = "do $$ begin raise notice 'running'; perform pg_sleep(600); end $$"
}
