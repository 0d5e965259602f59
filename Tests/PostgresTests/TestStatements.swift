import Postgres

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
