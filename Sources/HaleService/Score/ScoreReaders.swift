import Postgres

/// Two connections that see one state of the database, so that two of the server's processes read at once; the same one
/// twice where there is no other.
struct ScoreReaders: Sendable {
    let first: Connection
    let second: Connection

    init(_ first: Connection, _ second: Connection) {
        self.first = first
        self.second = second
    }

    /// One connection for all reading.
    init(_ connection: Connection) {
        self.init(connection, connection)
    }
}
