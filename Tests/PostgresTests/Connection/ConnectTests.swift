import Postgres
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct ConnectTests {
    private static let role = "client_test_password"

    /// A role that must give a password, on a server that otherwise trusts everybody on its socket.
    private func makeRole(password: String) async throws {
        let connection = try await TestServer.connect()
        try await connection.script(
            Statement(
                name: "setup",
                text: """
                    do $$ begin create role \(Self.role); exception when duplicate_object then null; end $$;
                    alter role \(Self.role) login password '\(password)';
                    -- Not everybody may connect to where no data of Hale's stand.
                    do $$ begin
                        execute format('grant connect on database %I to \(Self.role)', current_database());
                    end $$;
                    """))
        let file: String = try await connection.value("select current_setting('hba_file') as value")
        let isSet: Bool = try await connection.value(
            "select exists (select from pg_hba_file_rules where user_name = array[$1::text]) as value", [Self.role])
        if !isSet {
            // One line per row, written with delimiters that the file does not hold, so that nothing is quoted.
            try await connection.script(
                Statement(
                    name: "hba",
                    text: """
                        create temp table line (number int, text text);
                        insert into line values (0, 'local all \(Self.role) scram-sha-256');
                        insert into line values (0, 'host all \(Self.role) 127.0.0.1/32 scram-sha-256');
                        insert into line select number, text
                        from regexp_split_to_table(pg_read_file('\(file)'), '\\n')
                            with ordinality as t (text, number)
                        where text <> '';
                        copy (select text from line order by number) to '\(file)'
                            (format csv, delimiter E'\\x01', quote E'\\x02');
                        select pg_reload_conf();
                        """))
        }
        await connection.close()
    }

    private func settings(password: String?) throws -> ConnectionSettings {
        var settings = try TestServer.settings(["user": Self.role, "passfile": "/nonexistent"])
        if let password { settings.keywords["password"] = password }
        return settings
    }

    @Test func `a wrong password is one clear line without the password`() async throws {
        try await makeRole(password: "the-right-one")
        let wrong = try settings(password: "the-wrong-one")
        // The server reads its changed file a moment after it was told to.
        var refusal: PostgresError?
        while refusal == nil {
            do throws(PostgresError) {
                await (try Connection.open(wrong)).close()
            } catch {
                refusal = error
            }
        }
        let error = try #require(refusal)
        #expect(error.kind == .authentication)
        #expect(error.sqlState == "28P01")
        #expect(error.description.contains("password authentication failed for user \"\(Self.role)\""))
        #expect(!error.description.contains("the-wrong-one"))
        #expect(!error.description.contains("\n"))
        #expect(!error.description.contains(".c:"))
        let none = try await failure { try await Connection.open(try settings(password: nil)) }
        #expect(none.kind == .authentication)
        let connection = try await Connection.open(try settings(password: "the-right-one"))
        #expect(try await connection.value("select current_user::text as value") == Self.role)
        await connection.close()
    }

    @Test func `a missing server is one clear line`() async throws {
        let settings = ConnectionSettings(["host": "/nonexistent", "password": "hidden-word"])
        let error = try await failure { try await Connection.open(settings) }
        #expect(error.kind == .connection)
        #expect(error.sqlState == nil)
        #expect(error.description.contains("/nonexistent/.s.PGSQL"))
        #expect(!error.description.contains("hidden-word"))
        #expect(!error.description.contains("\n"))
    }

    @Test func `a missing database is the server's error`() async throws {
        let settings = try TestServer.settings(["dbname": "client_test_missing"])
        let error = try await failure { try await Connection.open(settings) }
        #expect(error.kind == .connection)
        #expect(error.sqlState == "3D000")
        #expect(error.description.contains("database \"client_test_missing\" does not exist"))
    }

    @Test func `a URI is understood and keywords win over it`() async throws {
        let host = try TestServer.host().replacing("/", with: "%2F")
        var settings = ConnectionSettings(uri: "postgresql://postgres@\(host)/client_test_missing?application_name=uri")
        settings.keywords["dbname"] = "postgres"
        let connection = try await Connection.open(settings)
        #expect(try await connection.value("select current_database()::text as value") == "postgres")
        #expect(try await connection.value("select current_setting('application_name') as value") == "uri")
        await connection.close()
    }

    @Test(
        arguments: [
            "postgres://user:secret@[host/db", "postgres://user:sec%zzret@host/db",
            "postgres://u:secret@host:port:1/x?y=z", "host=x password='secret",
        ])
    func `a URI that cannot be read is reported without its parts`(uri: String) async throws {
        let settings = ConnectionSettings(uri: uri)
        let error = try await failure { try await Connection.open(settings) }
        #expect(error.kind == .connection)
        #expect(!error.description.contains("sec"))
        #expect(!"\(settings)".contains("sec"))
    }

    @Test func `settings are described without secrets`() {
        var settings = ConnectionSettings(uri: "postgres://user:secret@host/db")
        #expect("\(settings)" == "dbname=db host=host password=(hidden) user=user")
        settings.keywords["sslpassword"] = "secret"
        #expect(!"\(settings)".contains("secret"))
        #expect(!String(reflecting: settings).contains("secret"))
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains("secret"))
    }

    @Test func `a server that does not answer is given up`() async throws {
        let server = try SilentServer()
        let settings = ConnectionSettings(["host": server.directory, "connect_timeout": "1"])
        let error = try await failure { try await Connection.open(settings) }
        #expect(error.kind == .connection)
        #expect(error.description == "the server did not answer within 1 seconds (connect_timeout)")
    }

    @Test func `connecting can be cancelled`() async throws {
        let server = try SilentServer()
        let settings = ConnectionSettings(["host": server.directory, "connect_timeout": "600"])
        let task = Task { try await Connection.open(settings) }
        task.cancel()
        #expect(try await failure { try await task.value }.kind == .cancelled)
    }
}
