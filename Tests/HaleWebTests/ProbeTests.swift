import HaleService
import HaleStore
import HaleTestSupport
import HaleWeb
import Hummingbird
import HummingbirdTesting
import Logging
import Postgres
import PrivateServer
import Testing

/// The probes by which an operator knows that Hale is alive and able to work.
@Suite struct `Probes` {
    private static func server(_ database: Database) -> some ApplicationProtocol {
        Application(router: WebServer.router(readiness: ReadinessCheck(database)), logger: Logger(label: "test"))
    }

    @Test(.database) func `a server on a current schema is alive and ready`() async throws {
        let database = try TestDatabase.shared.database
        try await Self.server(database).test(.router) { client in
            try await client.execute(uri: "/healthz", method: .get) { response in
                #expect(response.status == .ok)
                #expect(String(buffer: response.body) == #"{"status":"ok"}"#)
            }
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType]?.hasPrefix("application/json") == true)
                let body = String(buffer: response.body)
                #expect(body.contains(#""ready":true"#))
                #expect(body.contains(#""newestDay":null"#))
                #expect(body.contains(#""lastRun":null"#))
            }
        }
    }

    @Test(.database) func `a load balancer that asks with HEAD gets the same without the body`() async throws {
        let database = try TestDatabase.shared.database
        try await Self.server(database).test(.live) { client in
            for path in ["/healthz", "/readyz"] {
                let full = try await client.execute(uri: path, method: .get)
                let head = try await client.execute(uri: path, method: .head)
                #expect(head.status == .ok && full.status == .ok, "\(path)")
                #expect(head.body.readableBytes == 0)
                #expect(head.headers[.contentLength] == full.headers[.contentLength])
            }
            try await client.execute(uri: "/nowhere", method: .head) { #expect($0.status == .notFound) }
        }
    }

    @Test(.database) func `the last run is named with its day and how it stands`() async throws {
        let database = try TestDatabase.shared
        _ = try await database.query(
            """
            with model as (
                insert into hale_data.model (model_hash, name, text, drivers, facts) values ('h', 'm', '', '{}', '{}')
                returning model_hash
            )
            insert into hale_data.score_run (day, model_hash, finished_at, error)
            select day, model_hash, finished_at, error
            from model
            cross join (values
                (date '2026-03-01', now(), null), (date '2026-03-02', null, 'disk full')
            ) as run (day, finished_at, error)
            order by day
            """)
        try await Self.server(database.database).test(.router) { client in
            try await client.execute(uri: "/readyz", method: .get) { response in
                let body = String(buffer: response.body)
                #expect(response.status == .ok)
                #expect(body.contains(#""newestDay":"2026-03-01""#))
                #expect(body.contains(#""day":"2026-03-02""#))
                #expect(body.contains(#""outcome":"failed""#))
            }
        }
    }

    @Test(.database) func `an older schema is not ready and says what to do`() async throws {
        let database = try TestDatabase.shared
        _ = try await database.query("delete from hale_data.schema_migration where number = 0")
        try await Self.server(database.database).test(.router) { client in
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(String(buffer: response.body).contains("hale db migrate"))
            }
            try await client.execute(uri: "/healthz", method: .get) { #expect($0.status == .ok) }
        }
    }

    @Test func `a database that does not answer is not ready`() async throws {
        let nowhere = ConnectionSettings(["host": "/nonexistent/hale", "dbname": "hale"])
        let database = Database(location: .variables([]), service: nowhere, owner: nowhere)
        try await Self.server(database).test(.router) { client in
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(String(buffer: response.body).contains("the database does not answer"))
            }
        }
    }
}
