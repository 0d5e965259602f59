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
