import HaleDelivery
import HaleDomain
import HaleFiles
import HaleTestSupport
import Synchronization
import Testing

/// Requests go only where they may, when a receiver is saved and at every attempt: a listener counts connections.
@Suite(.database, .timeLimit(.minutes(30))) struct `Where requests may go` {
    /// This machine in every spelling that some resolver understands.
    private static let spellings = [
        "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0X7F000001", "017700000001",
        "0x7f.0x0.0x0.0x1", "0177.0.0.01", "127.0.0.0x1", "0x7f.1", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[::FFFF:7F00:1%25lo]", "[::1%25lo]", "0.0.0.0", "0", "[::]", "localhost", "LOCALHOST",
        "localhost.",
    ]

    @Test func `a receiver on this machine is refused in every spelling when it is saved`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture()
        for spelling in Self.spellings {
            for scheme in ["http", "https"] {
                var wanted = Receiver(
                    name: "team", place: .address(try WebAddress("\(scheme)://\(spelling):\(receiver.port)/")))
                wanted.secretVariable = "SECRET"
                wanted.allowsInsecure = true
                await #expect(throws: FileFailure.self, "\(scheme)://\(spelling)") {
                    try await fixture.desk.add(wanted)
                }
            }
        }
        #expect(receiver.connections == 0)
        #expect(try await fixture.book().entries.isEmpty)
    }

    @Test func `a receiver on this machine is refused in every spelling when something is sent`() async throws {
        let receiver = try await ProgrammableReceiver()
        let receivers = Self.spellings.enumerated().map { index, spelling in
            """
              - {name: r\(index), url_env: URL\(index), secret_env: SECRET, allow_insecure: true}
            """
        }
        var fixture = try DeliveryFixture("receivers:\n" + receivers.joined(separator: "\n"))
        let addresses = Dictionary(
            uniqueKeysWithValues: Self.spellings.enumerated().map { ("URL\($0)", "http://\($1):\(receiver.port)/") })
        let known = fixture.effects.variable
        fixture.effects.variable = { addresses[$0] ?? known($0) }
        for index in Self.spellings.indices { try await fixture.makeMessages(1, to: "r\(index)") }
        let summary = try await fixture.worker.runOnce()
        #expect(summary.failed == Self.spellings.count)
        #expect(receiver.connections == 0)
        let attempts = try await fixture.texts(
            "select phase || ' ' || error as text from hale_data.delivery_attempt order by delivery_id")
        #expect(attempts.count == Self.spellings.count)
        // Not every resolver knows "localhost.".
        let refused = attempts.filter {
            $0.hasPrefix("check ") && $0.contains(" lies in ") || $0.hasPrefix("dns localhost.")
        }
        #expect(refused == attempts)
    }

    @Test func `a name whose address changes to this machine after it was saved is refused`() async throws {
        let receiver = try await ProgrammableReceiver()
        var fixture = try DeliveryFixture()
        let answers = Mutex(["93.184.216.34", "127.0.0.1"])
        fixture.effects.resolve = { host async throws(ResolutionFailure) in
            #expect(host == "hooks.example.com")
            let text = answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
            return [text].compactMap { NetworkAddress($0) }
        }
        var wanted = Receiver(
            name: "team", place: .address(try WebAddress("http://hooks.example.com:\(receiver.port)/")))
        wanted.secretVariable = "SECRET"
        wanted.allowsInsecure = true
        #expect(try await fixture.desk.add(wanted) == nil)
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(receiver.connections == 0)
    }

    @Test func `a name with one good and one private address is refused`() async throws {
        var fixture = try DeliveryFixture()
        fixture.effects.resolve = { _ async throws(ResolutionFailure) in
            ["93.184.216.34", "10.0.0.1"].compactMap { NetworkAddress($0) }
        }
        var wanted = Receiver(name: "team", place: .address(try WebAddress("https://hooks.example.com/")))
        wanted.secretVariable = "SECRET"
        await #expect(throws: FileFailure.self) { try await fixture.desk.add(wanted) }
    }

    @Test func `the address that was checked is the one that is connected to, under the host's name`() async throws {
        let receiver = try await ProgrammableReceiver()
        var fixture = try DeliveryFixture(
            """
            receivers:
              - name: team
                url: http://hooks.example.test:\(receiver.port)/a?b=c
                secret_env: SECRET
                headers: {x-team: cs}
                allow_private_networks: [127.0.0.0/8]
            """)
        // No resolver knows this name: the request arrives only if the checked address is used.
        fixture.effects.resolve = { _ async throws(ResolutionFailure) in [.v4(0x7f00_0001)] }
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(receiver.requests.first?.headers["host"] == "hooks.example.test:\(receiver.port)")
        #expect(receiver.requests.first?.headers["x-team"] == "cs")
        #expect(receiver.requests.first?.path == "/a?b=c")
    }

    @Test func `Hale's own listening address is refused although its network is allowed`() async throws {
        let receiver = try await ProgrammableReceiver()
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        fixture.options.ownListeners = [DestinationRule.Listener(address: .v4(0x7f00_0001), port: receiver.port)]
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(receiver.connections == 0)
    }

    @Test func `a name that nobody knows is a failed attempt, and its reason is kept`() async throws {
        var fixture = try DeliveryFixture(
            DeliveryFixture.yaml(port: 9).replacing("127.0.0.1:9", with: "nowhere.invalid:9"))
        fixture.effects.resolve = { _ async throws(ResolutionFailure) in throw ResolutionFailure("no such name") }
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(
            try await fixture.texts("select phase || ' ' || error as text from hale_data.delivery_attempt")
                == ["dns no such name"])
    }

    @Test func `an address without leave touches neither resolver nor network`() async throws {
        var fixture = try DeliveryFixture()
        let variable = fixture.effects.variable
        fixture.effects = .untouched
        fixture.effects.variable = variable
        var wanted = Receiver(name: "team", place: .address(try WebAddress("https://10.1.2.3/")))
        wanted.secretVariable = "SECRET"
        await #expect(throws: FileFailure.self) { try await fixture.desk.add(wanted) }
    }
}
