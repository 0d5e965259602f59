import HaleSQL
package import Postgres

/// Two connections that see the same state of the database, so that two of the server's processes read at once.
package struct SharedSnapshot: Sendable {
    private let first: Connection
    private let second: Connection

    /// A snapshot to be taken by the first connection and seen by both.
    package init(_ first: Connection, _ second: Connection) {
        self.first = first
        self.second = second
    }

    /// Takes the snapshot and runs `body`, which reads on both connections and writes on neither.
    /// - Parameter plansOnce: Whether statements on the first connection keep their plans, as they do well to where they are
    ///   run for many days.
    package func read<Value>(plansOnce: Bool = false, _ body: () async throws -> Value) async throws -> Value {
        try await first.transaction(isolation: .repeatableRead, readOnly: true) { first in
            try await first.script(Statement(plansOnce ? SQL.Score.planOnce : SQL.Score.planEachTime))
            let rows = try await first.query(Statement(SQL.Score.exportSnapshot))
            guard let row = rows.first else { throw StoreError.unreadableRow("no snapshot was exported") }
            return try await share(try row.decode("snapshot"), body)
        }
    }

    private func share<Value>(_ snapshot: String, _ body: () async throws -> Value) async throws -> Value {
        // The server's own name of the snapshot, letters, digits and dashes: the command takes no parameter.
        let unsafeSnapshot = snapshot.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return try await second.transaction(isolation: .repeatableRead, readOnly: true) { second in
            try await second.script(
                Statement(name: "score/share_snapshot", text: "set transaction snapshot '\(unsafeSnapshot)'"))
            try await second.script(Statement(SQL.Score.planEachTime))
            return try await body()
        }
    }
}
