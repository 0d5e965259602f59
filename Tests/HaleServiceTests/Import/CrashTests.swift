import Dispatch
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Synchronization
import Testing

/// True for the first who asks.
private final class FirstTime: Sendable {
    private let isOver = Mutex(false)

    func claim() -> Bool {
        isOver.withLock { isOver in
            defer { isOver = true }
            return !isOver
        }
    }
}

/// An import whose connection is lost leaves nothing behind, and can be repeated.
@Suite(.database)
struct `A lost connection` {
    private func accounts() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\n", into: database)
        try await ImportFixture.load(
            .usage, "account_id,person_id,feature,occurred_at\nA1,P0,boards,2026-01-02\n", into: database)
        return database
    }

    private static let usage = """
        account_id,person_id,feature,occurred_at,event_id
        A1,P0,boards,2026-01-05,e1
        A1,P1,export,2026-01-05,e2
        A1,P2,export,2026-02-06,e3

        """

    @Test(
        .timeLimit(.minutes(30)),
        arguments: ["import_receipt", "person", "usage_event_key", "person_month", "usage_month"])
    func `while facts are written, nothing of the file is kept and it goes in again`(_ table: String) async throws {
        let database = try await accounts()
        let before = try await ImportFixture.rowCounts()
        let fixture = try ImportFixture(Self.usage)
        let error = try await BackendTermination.error(whileWritingTo: table) {
            _ = try await fixture.run(.usage, into: database)
        }
        #expect(error is PostgresError)
        #expect(try await ImportFixture.rowCounts() == before)
        #expect(try await PackedUsage.differences() == [])

        let receipt = try ImportFixture.receipt(of: try await fixture.run(.usage, into: database))
        #expect([receipt.inserted, receipt.createdPeople, receipt.createdFeatures] == [3, 2, 1])
        #expect(try await PackedUsage.differences() == [])
    }

    @Test(.timeLimit(.minutes(30)))
    func `while rows are staged, nothing of the file is kept and it goes in again`() async throws {
        let database = try await accounts()
        let before = try await ImportFixture.rowCounts()
        // More rows than go to the server at once, so that the connection ends between two pieces.
        let rows = (0..<12_000).map { "A1,P\($0 % 50),boards,2026-01-05,e\($0)" }
        let fixture = try ImportFixture(
            "account_id,person_id,feature,occurred_at,event_id\n" + rows.joined(separator: "\n") + "\n")
        let support = try TestDatabase.shared
        let first = FirstTime()
        await #expect(throws: PostgresError.self) {
            _ = try await fixture.run(
                .usage, into: database,
                progress: { progress in
                    guard progress.step == .rows, first.claim() else { return }
                    let ended = DispatchSemaphore(value: 0)
                    Task.detached {
                        _ = try? await support.query(
                            """
                            select pg_terminate_backend(pid) as is_ended
                            from pg_stat_activity
                            where datname = current_database() and usename = 'hale_app'
                            """)
                        ended.signal()
                    }
                    ended.wait()
                })
        }
        #expect(!first.claim())
        #expect(try await ImportFixture.rowCounts() == before)
        #expect(try ImportFixture.receipt(of: try await fixture.run(.usage, into: database)).inserted == 12_000)
        #expect(try await PackedUsage.differences() == [])
    }
}
