import HaleSQL
import Postgres

/// Somebody whom a command waits for.
package struct LockHolder: Sendable, Hashable, CustomStringConvertible {
    /// The session's process on the server.
    package let processID: Int32
    /// What it calls itself, such as `hale score 4711`; nil where that may not be seen.
    package let program: String?
    package let role: String?
    /// Whether it holds the lock without doing anything.
    package let isIdle: Bool
    /// How long its transaction has been open [s]; nil where that may not be seen.
    package let heldSeconds: Int64?

    /// Somebody whom a command waits for.
    package init(processID: Int32, program: String?, role: String?, isIdle: Bool, heldSeconds: Int64?) {
        self.processID = processID
        self.program = program
        self.role = role
        self.isIdle = isIdle
        self.heldSeconds = heldSeconds
    }

    /// One line.
    package var description: String {
        let name = (program ?? "").isEmpty ? "a session" : program ?? ""
        var facts = ["process \(processID) on the server"]
        if let role { facts.append("role \(role)") }
        if let heldSeconds { facts.append("at work for \(heldSeconds) s") }
        if isIdle { facts.append("idle in a transaction") }
        return "waiting for \(name) (\(facts.joined(separator: ", "))), which holds a lock"
    }
}

/// Looks now and then whether the sessions of this process wait for a lock, and says so and for whom.
struct LockWatch: Sendable {
    /// What the sessions of this process call themselves, or begin with.
    let name: String
    /// How to connect.
    let settings: ConnectionSettings
    /// Is told of each holder once, and again when it is still in the way after a while.
    let report: @Sendable (LockHolder) -> Void

    /// A command that is done before this asks nothing.
    static let firstLook = Duration.seconds(2)
    /// Time between two looks.
    static let pause = Duration.seconds(1)
    /// Looks after which a holder that is still there is named again.
    static let looksBetweenReports = 30

    /// Looks until the task is cancelled. What goes wrong here is no matter of the command's: it then hears nothing.
    func run() async {
        guard (try? await Task.sleep(for: Self.firstLook)) != nil, let connection = try? await Connection.open(settings)
        else { return }
        var looksSinceReport: [Int32: Int] = [:]
        while !Task.isCancelled {
            guard let holders = try? await Self.holders(of: name, on: connection) else { break }
            looksSinceReport = looksSinceReport.filter { known in holders.contains { $0.processID == known.key } }
            for holder in holders {
                let looks = looksSinceReport[holder.processID] ?? Self.looksBetweenReports
                if looks >= Self.looksBetweenReports { report(holder) }
                looksSinceReport[holder.processID] = looks >= Self.looksBetweenReports ? 1 : looks + 1
            }
            guard (try? await Task.sleep(for: Self.pause)) != nil else { break }
        }
        await connection.close()
    }

    /// Whom the sessions of that name wait for.
    static func holders(of name: String, on connection: Connection) async throws -> [LockHolder] {
        try await connection.query(Statement(SQL.Server.lockWaits), [name]).map { row in
            LockHolder(
                processID: try row.decode("pid"), program: try row.decodeIfPresent("program"),
                role: try row.decodeIfPresent("role"), isIdle: try row.decodeIfPresent("is_idle") ?? false,
                heldSeconds: try row.decodeIfPresent("held_seconds"))
        }
    }
}
