import HaleDelivery
import HaleDomain
import HaleFiles
import HaleStore
import HaleTestSupport
import Testing

/// Digests on their way to receivers: each once for its receiver, day and CSM.
@Suite(.database, .timeLimit(.minutes(30))) struct `Digests` {
    private static let yaml = """
        receivers:
          - name: csms
            url: smtp://mail.example.com
            format: email
            from: hale@example.com
            to: csm
            digest: daily
          - name: lead
            url: smtp://mail.example.com
            format: email
            from: hale@example.com
            to: lead@example.com
            digest: daily
          - name: revenue
            url: smtp://mail.example.com
            format: email
            from: hale@example.com
            to: revenue@example.com
            digest: weekly-forecast
        """

    private static func mail(_ csm: String?) -> DigestMail {
        DigestMail(csm: csm, subject: "Day of \(csm ?? "all")", text: "text", html: "<p>page</p>")
    }

    private static func desk(_ fixture: DeliveryFixture) async throws -> DigestDesk {
        DigestDesk(fixture.database, book: try await fixture.book(), effects: .withoutSending)
    }

    private static func outcome(new: Int, known: Int = 0, without: [String] = []) -> DigestDesk.Outcome {
        var outcome = DigestDesk.Outcome()
        outcome.new = new
        outcome.known = known
        outcome.withoutAddress = without
        return outcome
    }

    private static let waiting = """
        select receiver.name || ' ' || (delivery.body::jsonb ->> 'subject') || ' ' || delivery.kind as text
        from hale_data.delivery as delivery join hale_data.receiver as receiver using (receiver_id) order by 1
        """

    @Test func `a day is sent once, to each CSM their own and to the others everybody's`() async throws {
        let fixture = try DeliveryFixture(Self.yaml)
        try await fixture.makeAccounts()
        let desk = try await Self.desk(fixture)
        let day = try #require(Day("2026-03-02"))
        let mails = [Self.mail("ana@example.com"), Self.mail("bob@example.com"), Self.mail(nil)]
        #expect(try await desk.send(mails, .daily, of: day) == Self.outcome(new: 3))
        #expect(try await desk.send(mails, .daily, of: day) == Self.outcome(new: 0, known: 3))
        #expect(
            try await fixture.texts(Self.waiting) == [
                "csms Day of ana@example.com digest", "csms Day of bob@example.com digest", "lead Day of all digest",
            ])
        // The next day is another one, also when the messages of the first have left their table.
        try await fixture.run("delete from hale_data.delivery")
        #expect(try await desk.send(mails, .daily, of: day) == Self.outcome(new: 0, known: 3))
        #expect(try await desk.send(mails, .daily, of: day + 1) == Self.outcome(new: 3))
    }

    @Test func `a forecast is sent once from Monday to Sunday`() async throws {
        let fixture = try DeliveryFixture(Self.yaml)
        let desk = try await Self.desk(fixture)
        let monday = try #require(Day("2026-03-02"))
        #expect(try await desk.send([Self.mail(nil)], .weeklyForecast, of: monday + 3) == Self.outcome(new: 1))
        for offset in 0...6 {
            #expect(
                try await desk.send([Self.mail(nil)], .weeklyForecast, of: monday + offset)
                    == Self.outcome(new: 0, known: 1))
        }
        for other in [monday - 1, monday + 7] {
            #expect(try await desk.send([Self.mail(nil)], .weeklyForecast, of: other) == Self.outcome(new: 1))
        }
    }

    @Test func `a receiver that changes from one kind to the other gets both`() async throws {
        let fixture = try DeliveryFixture(Self.yaml)
        let monday = try #require(Day("2026-03-02"))
        #expect(
            try await Self.desk(fixture).send([Self.mail(nil)], .weeklyForecast, of: monday) == Self.outcome(new: 1))
        var changed = fixture
        changed.file = try ReceiverFile.read(
            Self.yaml.replacing("weekly-forecast", with: "daily").replacing("name: lead", with: "name: other"),
            path: "receivers.yaml")
        #expect(try await Self.desk(changed).send([Self.mail(nil)], .daily, of: monday) == Self.outcome(new: 2))
    }

    @Test func `several who send at once send once`() async throws {
        let fixture = try DeliveryFixture(Self.yaml)
        try await fixture.makeAccounts()
        let desk = try await Self.desk(fixture)
        let day = try #require(Day("2026-03-02"))
        let mails = [Self.mail("ana@example.com"), Self.mail("bob@example.com"), Self.mail(nil)]
        let new = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...8 { group.addTask { try await desk.send(mails, .daily, of: day).new } }
            return try await group.reduce(0, +)
        }
        #expect(new == 3)
        #expect(try await fixture.texts(Self.waiting).count == 3)
    }

    @Test func `a CSM whose e-mail is no address is named, and the others get theirs`() async throws {
        let fixture = try DeliveryFixture(Self.yaml)
        try await fixture.makeAccounts()
        try await fixture.run("insert into hale_data.csm (email) values ('Ana, at home')")
        let desk = try await Self.desk(fixture)
        let day = try #require(Day("2026-03-02"))
        #expect(
            try await desk.send([Self.mail("Ana, at home"), Self.mail("bob@example.com")], .daily, of: day)
                == Self.outcome(new: 1, without: ["Ana, at home"]))
    }

    @Test func `who gets digests is told of alerts only where a route says so`() async throws {
        let fixture = try DeliveryFixture(Self.yaml)
        #expect(try await fixture.book().routes == [])
        let routed = try DeliveryFixture(Self.yaml + "\nroutes:\n  - receiver: lead")
        #expect(try await routed.book().routes.map(\.receiver) == ["lead"])
    }

    @Test func `digests that nobody gets are refused`() async throws {
        let fixture = try DeliveryFixture()
        let desk = try await Self.desk(fixture)
        #expect(throws: (any Error).self) { try desk.kinds(among: DigestKind.allCases) }
        let wanted = try await Self.desk(try DeliveryFixture(Self.yaml))
        #expect(try wanted.kinds(among: DigestKind.allCases) == [.daily, .weeklyForecast])
        #expect(wanted.wants(.daily) == (true, true))
        #expect(wanted.wants(.weeklyForecast) == (false, true))
    }

    @Test(
        .enabled("aiosmtpd is not installed: scripts/test-peers") { await PythonPeer.has("aiosmtpd") })
    func `a digest arrives with the day it was written on`() async throws {
        let server = try await MailServer()
        let fixture = try DeliveryFixture(
            DeliveryFixture.mailYAML(port: server.port, to: "csm", "digest: daily"))
        try await fixture.makeAccounts()
        let mail = DigestMail(
            csm: "bob@example.com", subject: "Morning of 2026-03-02", text: "Zoë …\nline two\n", html: "<p>Zoë …</p>\n")
        #expect(
            try await Self.desk(fixture).send([mail], .daily, of: try #require(Day("2026-03-02")))
                == Self.outcome(new: 1))
        #expect(try await fixture.worker.runOnce().delivered == 1)
        let arrived = try #require(try server.mails().first)
        #expect(arrived.recipients == ["bob@example.com"])
        #expect(arrived.header("Subject") == "Morning of 2026-03-02")
        #expect(arrived.parts == [["text/plain", "Zoë …\nline two\n"], ["text/html", "<p>Zoë …</p>\n"]])
    }
}
