import HaleDomain
import Testing

private let asOf = Day(daysSince2000: 9_556)

@Suite struct `Whom we were in touch with gets no new task for 14 days` {
    private static func account(
        contacted days: Int?, band: Band = .red, flags: RiskFlags = RiskFlags(), state: ContractState = .running
    ) -> TaskAccount {
        var account = TaskAccount(
            accountKey: 1, accountID: "a", band: band, flags: flags, contractState: state, daysToDecision: 200,
            decisionOn: asOf + 200, expectedLoss: 20_000)
        account.lastContactOn = days.map { asOf - $0 }
        return account
    }

    private static func call(
        _ severity: AlertSeverity, fired days: Int, replaces: [TaskReason] = []
    ) -> PlaybookCall {
        PlaybookCall(
            rule: "R", severity: severity, firedOn: asOf - days, summary: nil,
            playbook: Playbook(name: "p", title: "P", replaces: replaces))
    }

    private func isOpened(_ account: TaskAccount) -> Bool {
        if case .open = TaskPlanning.decide(account, asOf: asOf) { true } else { false }
    }

    @Test(arguments: [(0, false), (1, false), (13, false), (14, true), (15, true), (nil, true)] as [(Int?, Bool)])
    func `from the day of the contact on, and again on the 14th day after it`(days: Int?, isOpened: Bool) {
        #expect(self.isOpened(Self.account(contacted: days)) == isOpened)
        guard !isOpened, let days else { return }
        let decision = TaskPlanning.decide(Self.account(contacted: days), asOf: asOf)
        #expect(decision == .contacted(on: asOf - days))
    }

    @Test func `nor one about missing data`() {
        #expect(!isOpened(Self.account(contacted: 13, band: .unknown)))
        #expect(isOpened(Self.account(contacted: 14, band: .unknown)))
    }

    @Test func `an open task stays, with what comes to it`() {
        var account = Self.account(contacted: 0)
        account.history = [TaskRecord(number: 3, origin: .account, keys: ["usage_decline"])]
        account.calls = [Self.call(.info, fired: 0)]
        let drafts = TaskPlanning.drafts(for: account, playbooks: [], asOf: asOf)
        #expect(drafts.map(\.record?.number) == [3] && drafts.first?.keys == ["alert:R", "band_red"])
        // One that is over, or that a step or a person opened, is none.
        account.history[0].closedOn = asOf - 1
        #expect(!isOpened(account))
        account.history = [TaskRecord(number: 3, origin: .step, playbook: "play", step: "s", occasion: asOf)]
        #expect(!isOpened(account))
    }

    /// Days since the cliff, days since the contact.
    @Test(arguments: [(3, 3, false), (3, 4, true), (3, 2, false), (0, 1, true), (6, 13, true), (7, 13, false)])
    func `a cliff opens one where it is newer than the contact, and new at all`(
        cliff: Int, contact: Int, isOpened: Bool
    ) {
        let flags = RiskFlags(cliffSince: asOf - cliff)
        #expect(self.isOpened(Self.account(contacted: contact, flags: flags)) == isOpened)
        // The same where an alert stands for it, whose day counts no more than the cliff's own.
        var alerted = Self.account(contacted: contact, band: .amber, flags: flags)
        alerted.calls = [Self.call(.warning, fired: cliff, replaces: [.cliff])]
        #expect(self.isOpened(alerted) == (cliff < contact))
    }

    @Test func `notice opens one at any time, unless that was seen to`() {
        var account = Self.account(contacted: 0, state: .noticeGiven)
        #expect(isOpened(account))
        account.history = [
            TaskRecord(
                number: 4, origin: .account, keys: ["notice_given"], closedOn: asOf - 1, end: .done,
                blocksUntil: asOf + 9)
        ]
        #expect(!isOpened(account))
        account.history = []
        account.calls = [Self.call(.warning, fired: 5, replaces: [.noticeGiven])]
        #expect(isOpened(account))
    }

    /// Days since it fired, days since the contact.
    @Test(arguments: [
        (AlertSeverity.critical, 2, 3, true), (.critical, 3, 3, false), (.critical, 4, 3, false),
        (.warning, 2, 3, false), (.info, 2, 3, false),
    ])
    func `a critical alert opens one where it fired after the contact`(
        severity: AlertSeverity, fired: Int, contact: Int, isOpened: Bool
    ) {
        var account = Self.account(contacted: contact, band: .amber)
        account.calls = [Self.call(severity, fired: fired)]
        #expect(self.isOpened(account) == isOpened)
    }

    @Test func `what opens one brings all that calls for it`() throws {
        let account = Self.account(contacted: 2, flags: RiskFlags(cliffSince: asOf - 1, declineSince: asOf - 5))
        let task = try #require(TaskPlanning.drafts(for: account, playbooks: [], asOf: asOf).first)
        #expect(task.reasons == [.cliff, .bandRed, .decline])
    }

    @Test func `a dated step has its day whoever was called`() {
        var play = Playbook(name: "play", title: "Play")
        play.plan = [PlayStep(name: "offer", title: "Offer", at: StepOffset(.decision, days: -200))]
        let drafts = TaskPlanning.drafts(for: Self.account(contacted: 0), playbooks: [play], asOf: asOf)
        #expect(drafts.map(\.origin) == [.step])
    }

    @Test func `a reply is the customer's contact, all others are ours`() {
        #expect(ContactKind.ours == [.call, .meeting, .email])
    }
}
