import Foundation
import HaleTestSupport
import Postgres
import Testing

/// Hale behind a pooler that gives every transaction another session of the server.
@Suite(.database, .timeLimit(.minutes(30))) struct `Behind a pooler in transaction mode` {
    /// Somebody whose database is reached through a pooler, the roles for rules as well.
    private static func user(_ pooler: TransactionPooler, _ more: [String: String] = [:]) throws -> CommandLineUser {
        let keywords = try TestDatabase.shared.superuser.keywords
        let name = keywords["dbname"] ?? ""
        func address(_ role: String) -> String { "postgresql://\(role)@127.0.0.1:\(pooler.port)/\(name)" }
        return try CommandLineUser(
            ["DATABASE_URL": address("postgres"), "HALE_RULES_DATABASE_URL": address("hale_rules")]
                .merging(more) { _, added in added })
    }

    private static func pooler() async throws -> TransactionPooler {
        try await TransactionPooler(to: try #require(TestDatabase.shared.superuser.keywords["host"]))
    }

    @Test func `the sessions take turns, and nothing that was prepared is missed`() async throws {
        let pooler = try await Self.pooler()
        let keywords = try TestDatabase.shared.superuser.keywords
        let connection = try await Connection.open(
            ConnectionSettings([
                "host": "127.0.0.1", "port": String(pooler.port), "user": "postgres",
                "dbname": try #require(keywords["dbname"]),
            ]))
        let who = Statement(name: "test/who", text: "select pg_backend_pid()::text as who, $1::integer + 1 as next")
        var processes: [String] = []
        for number in 1...4 {
            let row = try #require(try await connection.query(who, [Int32(number)]).first)
            #expect(try row.decode("next", as: Int32.self) == Int32(number) + 1)
            processes.append(try row.decode("who"))
        }
        #expect(Set(processes).count == 2)
        #expect(processes[0] == processes[2] && processes[1] == processes[3] && processes[0] != processes[1])
        try await connection.transaction { transaction in
            var inside: Set<String> = []
            for _ in 1...3 {
                inside.insert(try await transaction.query(who, [Int32(1)])[0].decode("who", as: String.self))
            }
            #expect(inside.count == 1)
        }
        // What is wrong with a statement is still said, and the next one runs.
        let wrong = Statement(name: "test/wrong", text: "select none_such as none")
        await #expect(throws: PostgresError.self) { _ = try await connection.query(wrong) }
        var streamed = 0
        for try await _ in connection.stream(
            Statement(name: "test/many", text: "select number from generate_series(1, $1::integer) as number"),
            [Int32(5_000)])
        { streamed += 1 }
        #expect(streamed == 5_000)
        await connection.close()
        try await pooler.close()
    }

    @Test func `a portfolio is imported, scored and read, and its alerts are delivered`() async throws {
        let pooler = try await Self.pooler()
        let receiver = try await ProgrammableReceiver()
        let user = try Self.user(pooler, ["SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
        try FileManager.default.createDirectory(
            at: user.directory.appending(path: "alerts/rules"), withIntermediateDirectories: true)
        try user.write(
            """
            groups:
              - name: own
                rules: [{alert: Soon, when: days_to_renewal between 1 and 60}]
            """, to: "alerts/rules/own.yaml")
        try user.write(
            """
            receivers:
              - name: team
                url: http://127.0.0.1:\(receiver.port)/
                secret_env: SECRET
                allow_private_networks: [127.0.0.0/8]
            routes: [{receiver: team, group_wait: 0s}]
            """, to: "alerts/receivers.yaml")
        try await SmallPortfolio.load(as: user)
        for command in ["db migrate", "accounts list", "morning", "forecast", "alerts list", "doctor"] {
            let run = try await user.run(command.split(separator: " ").map(String.init))
            #expect(run.status == 0, "\(command): \(run.everything)")
        }
        let sent = try await user.run("deliver", "--once")
        #expect(sent.status == 0 && sent.errors.contains("1 delivered"), "\(sent.everything)")
        #expect(receiver.requests.map { $0.text.contains("Soon") } == [true])
        try await pooler.close()
    }
}
