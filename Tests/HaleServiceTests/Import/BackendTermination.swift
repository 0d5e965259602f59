import HaleTestSupport
import Postgres

/// Ends the service's connection in the middle of its work, as a crash of the server or the network would.
enum BackendTermination {
    /// Runs `work` until it waits for a table that somebody else holds, ends its connection there, and returns the
    /// error that it ends with.
    static func error<Value: Sendable>(
        whileWritingTo table: String, of work: @escaping @Sendable () async throws -> Value
    ) async throws -> (any Error)? {
        let blocker = try await Connection.open(TestDatabase.shared.superuser)
        do {
            let failure = try await blocker.transaction { transaction -> (any Error)? in
                try await transaction.script(
                    Statement(name: "test/hold", text: "lock table hale_data.\(table) in exclusive mode"))
                let running = Task { try await work() }
                try await terminateWaiting(for: table)
                switch await running.result {
                case .success: return nil
                case .failure(let error): return error
                }
            }
            await blocker.close()
            return failure
        } catch {
            await blocker.close()
            throw error
        }
    }

    /// Looks until a connection of the service waits for the table, and ends it.
    private static func terminateWaiting(for table: String) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            let ended = try await TestDatabase.shared.query(
                """
                select pg_terminate_backend(activity.pid) as is_ended
                from pg_stat_activity as activity
                join pg_locks as held on held.pid = activity.pid
                where activity.datname = current_database()
                    and activity.usename = 'hale_app'
                    and not held.granted
                    and held.relation = 'hale_data.\(table)'::regclass
                """)
            if !ended.isEmpty { return }
        }
        throw TerminationError.nobodyWaits
    }
}

/// What the termination itself refuses.
enum TerminationError: Error {
    /// The work never came to the table.
    case nobodyWaits
}
