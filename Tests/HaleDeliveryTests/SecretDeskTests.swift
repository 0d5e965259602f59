import HaleDelivery
import HaleDomain
import HaleFiles
import HaleStore
import HaleTestSupport
import Testing

/// All secrets that are kept are encrypted with one key; changing it loses none.
@Suite(.database, .timeLimit(.minutes(30))) struct `The key of secrets` {
    private static let keys = [
        "old": DeliveryFixture.secretKey, "new": String(repeating: "fedcba9876543210", count: 4),
        "third": String(repeating: "00112233445566aa", count: 4),
    ]

    /// The fixture with the key of a name as `HALE_SECRET_KEY`.
    private static func with(_ name: String, _ fixture: DeliveryFixture) -> DeliveryFixture {
        var fixture = fixture
        let key = keys[name]
        fixture.effects.variable = { $0 == SecretBox.variable ? key : nil }
        return fixture
    }

    private static func receiver(_ name: String, port: Int = 9) throws -> Receiver {
        var receiver = Receiver(name: name, place: .address(try WebAddress("http://127.0.0.1:\(port)/")))
        receiver.allowedNetworks = [AddressRange("127.0.0.0/8")].compactMap { $0 }
        return receiver
    }

    private static func rekey(
        _ database: Database, from old: String?, to new: String?, isDryRun: Bool = false
    ) async throws -> SecretDesk.Rekeying {
        let variables = [
            SecretBox.variable: old.flatMap { keys[$0] }, SecretDesk.newVariable: new.flatMap { keys[$0] },
        ]
        return try await SecretDesk(database) { variables[$0] ?? nil }.rekey(isDryRun: isDryRun)
    }

    private static func sealed(_ fixture: DeliveryFixture) async throws -> [String] {
        try await fixture.texts(
            "select encode(sealed, 'hex') as text from hale_data.receiver_secret order by receiver_id, secret_id")
    }

    private static func problems(_ fixture: DeliveryFixture) async throws -> [String?] {
        try await fixture.book().entries.map(\.problem)
    }

    @Test func `a secret is neither changed nor added under a key that does not open what is kept`() async throws {
        let target = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture()
        _ = try await fixture.desk.add(try Self.receiver("team", port: target.port))
        let before = try await Self.sealed(fixture)
        let other = Self.with("new", fixture)
        for attempt in ["rotate", "add"] {
            let failure = try await #require(throws: FileFailure.self) {
                if attempt == "rotate" {
                    _ = try await other.desk.rotateSecret(of: "team", keepingOldHours: 24)
                } else {
                    _ = try await other.desk.add(try Self.receiver("other"))
                }
            }
            #expect(failure.description.contains("HALE_SECRET_KEY does not open the secrets of team"), "\(failure)")
            #expect(failure.description.contains("HALE-DELIVERY-008") && !failure.description.contains("\n"))
        }
        #expect(try await Self.sealed(fixture) == before)
        #expect(try await Self.problems(fixture) == [nil])
        // Nothing was locked out: under its own key it is told as ever.
        #expect(try await fixture.desk.test("team").state == .delivered)
        _ = try await fixture.desk.rotateSecret(of: "team", keepingOldHours: 24)
        #expect(try await fixture.desk.test("team").state == .delivered)
    }

    @Test func `where the key is lost, a receiver comes back with a new secret`() async throws {
        let target = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture()
        _ = try await fixture.desk.add(try Self.receiver("team", port: target.port))
        _ = try await fixture.desk.add(try Self.receiver("other"))
        let later = Self.with("new", fixture)
        _ = try await later.desk.rotateSecret(of: "team", keepingOldHours: 24, forgettingOld: true)
        #expect(try await later.desk.test("team").state == .delivered)
        #expect(try await Self.sealed(fixture).count == 2)
        #expect(try await Self.problems(later).map { $0 == nil } == [false, true])
    }

    @Test func `every secret is encrypted anew, and doing it again changes nothing`() async throws {
        let target = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture()
        let first = try #require(try await fixture.desk.add(try Self.receiver("team", port: target.port)))
        let second = try await fixture.desk.rotateSecret(of: "team", keepingOldHours: 24)
        _ = try await fixture.desk.add(try Self.receiver("other"))
        try await fixture.run(
            """
            insert into hale_data.receiver_secret (receiver_id, sealed, expires_at)
            select receiver_id, 'ended', now() - interval '1 hour' from hale_data.receiver where name = 'other'
            """)
        let before = try await Self.sealed(fixture)
        let tried = try await Self.rekey(fixture.database, from: "old", to: "new", isDryRun: true)
        #expect(tried == SecretDesk.Rekeying(changed: 3, unchanged: 0, receivers: ["other", "team"]))
        #expect(try await Self.sealed(fixture) == before)

        #expect(try await Self.rekey(fixture.database, from: "old", to: "new") == tried)
        #expect(Set(try await Self.sealed(fixture)).isDisjoint(with: before))
        // The one that had ended is gone.
        #expect(try await Self.sealed(fixture).count == 3)
        #expect(try await Self.problems(fixture).allSatisfy { $0?.contains("another HALE_SECRET_KEY") == true })
        let later = Self.with("new", fixture)
        #expect(try await Self.problems(later) == [nil, nil])
        #expect(try await later.desk.test("team").state == .delivered)
        // Still both secrets, the newest first.
        let request = try #require(target.requests.last)
        let signature = WebhookSignature.header(
            id: request.webhookID, timestamp: Int64(request.headers["webhook-timestamp"] ?? "") ?? 0,
            body: request.body, secrets: [second, first])
        #expect(request.headers["webhook-signature"] == signature)

        let again = try await Self.rekey(fixture.database, from: "old", to: "new")
        #expect(again == SecretDesk.Rekeying(changed: 0, unchanged: 3, receivers: ["other", "team"]))
    }

    @Test func `where one secret opens with neither key, none is changed`() async throws {
        let fixture = try DeliveryFixture()
        _ = try await fixture.desk.add(try Self.receiver("team"))
        _ = try await fixture.desk.add(try Self.receiver("zebra"))
        try await fixture.run(
            """
            update hale_data.receiver_secret set sealed = '\\x00'::bytea || sealed
            where receiver_id = (select receiver_id from hale_data.receiver where name = 'zebra')
            """)
        let before = try await Self.sealed(fixture)
        let failure = try await #require(throws: FileFailure.self) {
            try await Self.rekey(fixture.database, from: "old", to: "new")
        }
        #expect(failure.description.contains("neither key opens the secrets of zebra:"), "\(failure)")
        #expect(try await Self.sealed(fixture) == before)
        let diagnosis = try await #require(throws: FileFailure.self) {
            try await SecretDesk(fixture.database, variable: fixture.effects.variable).diagnosis()
        }
        #expect(diagnosis.description.contains("does not open the secrets of zebra:"), "\(diagnosis)")
    }

    private static let pairs: [(old: String?, new: String?, message: String)] = [
        (nil, "new", "set HALE_SECRET_KEY"), ("old", nil, "set HALE_NEW_SECRET_KEY"), ("old", "old", "already"),
    ]

    @Test(arguments: pairs)
    func `both keys are needed, and they are two`(old: String?, new: String?, message: String) async throws {
        let database = try TestDatabase.shared.database
        let failure = try await #require(throws: FileFailure.self) {
            try await Self.rekey(database, from: old, to: new)
        }
        #expect(failure.description.contains(message), "\(failure)")
    }
}
