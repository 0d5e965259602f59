import HaleSQL
package import Postgres

/// A sealed secret that is in force, and whose it is.
package struct StoredSecret: Sendable, Equatable {
    /// Its number.
    package let key: Int64
    /// Key of the receiver.
    package let receiver: Int64
    /// Name of the receiver.
    package let name: String
    /// The secret, encrypted.
    package let sealed: [UInt8]
}

/// Keeps the sealed secrets of receivers.
package struct SecretStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Lets nobody add, change or take away a secret until the transaction ends.
    package func lock() async throws {
        try await connection.script(Statement(SQL.Delivery.lockSecrets))
    }

    /// The sealed secrets in force, in order of receiver and age.
    package func all() async throws -> [StoredSecret] {
        try await connection.query(Statement(SQL.Delivery.allSecrets)).map { row in
            StoredSecret(
                key: try row.decode("secret_id"), receiver: try row.decode("receiver_id"), name: try row.decode("name"),
                sealed: try row.decode("sealed"))
        }
    }

    /// Replaces sealed secrets; returns how many there were.
    package func reseal(_ secrets: [(secret: StoredSecret, sealed: [UInt8])]) async throws -> Int {
        let sealed = secrets.map { $0.sealed.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
        return try await connection.query(
            Statement(SQL.Delivery.reseal), [secrets.map(\.secret.receiver), secrets.map(\.secret.key), sealed]
        ).count
    }

    /// Takes away the secrets that ended, and those of a receiver.
    package func end(of receiver: Int64? = nil) async throws {
        _ = try await connection.query(Statement(SQL.Delivery.endSecrets), [receiver])
    }
}
