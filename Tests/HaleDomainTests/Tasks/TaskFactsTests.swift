import HaleDomain
import Testing

/// 2026-03-02, a Monday.
private let asOf = Day(daysSince2000: 9_557)

@Suite struct `The facts of a task` {
    private static func account(
        _ state: ContractState = .running, flags: RiskFlags = RiskFlags(), days: Int? = 200, calls: [PlaybookCall] = []
    ) -> TaskAccount {
        var account = TaskAccount(
            accountKey: 1, accountID: "A-1", band: .amber, flags: flags, contractState: state, daysToDecision: days,
            decisionOn: days.map { asOf + $0 }, expectedLoss: 20_000)
        account.calls = calls
        return account
    }

    private static func call(
        _ rule: String, _ summary: String? = nil, severity: AlertSeverity = .warning
    ) -> PlaybookCall {
        PlaybookCall(
            rule: rule, severity: severity, firedOn: asOf - 3, summary: summary,
            playbook: Playbook(name: "p", title: "Do it"))
    }

    /// Figures in which everything is known.
    private static var figures: TaskFigures {
        var figures = TaskFigures()
        figures.usageRatio = 0.664
        figures.usageRatio7d = 0.38
        figures.silentBusinessDays = 2
        figures.championSilentBusinessDays = 14
        figures.detractor = TaskFigures.Answer(score: 3, day: asOf - 4)
        figures.daysRed = 23
        figures.score = 31.4
        figures.seatUtilisation = 0.24
        figures.overdueDays = 45
        figures.coverage = 0.325
        figures.noticeGivenOn = asOf - 200
        return figures
    }

    private static func facts(
        _ account: TaskAccount, _ reasons: [TaskReason] = [], _ figures: TaskFigures? = nil
    ) -> [String] {
        TaskFacts.facts(for: account, named: "Acme", reasons: reasons, figures: figures ?? Self.figures, asOf: asOf)
    }

    @Test(
        arguments: [
            (.noticeGiven, "notice given on 14 Aug 2025", "notice given"),
            (.pastDue, "undecided, decision 12 d overdue", "undecided, decision 12 d overdue"),
            (.cliff, "usage −62 % in 7 d since 1 Mar", "usage almost stopped since 1 Mar"),
            (.detractor, "buyer answered 3 of 10 on 26 Feb", "buyer is a detractor since 27 Feb"),
            (.championLeft, "no champion since 28 Feb", "no champion since 28 Feb"),
            (.bandRed, "red for 23 d, score 31", "red"),
            (.decline, "usage −34 % in 28 d since 24 Feb", "usage declines since 24 Feb"),
            (.decisionNear, "decision 12 d overdue", "decision 12 d overdue"),
            (.lapsed, "contract ended, undecided", "contract ended, undecided"),
            (.missingContract, "no contract known", "no contract known"),
            (.unknownBand, "data for 33 % of the score", "too little data"),
        ] as [(TaskReason, String, String)])
    func `of every reason have figures and since when, and words where a figure is not known`(
        reason: TaskReason, known: String, unknown: String
    ) {
        let account = Self.account(
            .pastDue,
            flags: RiskFlags(
                cliffSince: asOf - 1, declineSince: asOf - 6, championLeftSince: asOf - 2, detractorSince: asOf - 3),
            days: -12)
        #expect(Self.facts(account, [reason]) == [known])
        #expect(Self.facts(account, [reason], TaskFigures()) == [unknown])
    }

    @Test(
        arguments: [
            ("UsageCliff", "usage −62 % in 7 d since 1 Mar"), ("SlowDecline", "usage −34 % in 28 d since 24 Feb"),
            ("ChampionSilent", "champion silent for 14 working days"),
            ("DetractorWithInfluence", "buyer answered 3 of 10 on 26 Feb"),
            ("SeatsFarBelowContract", "24 % of the seats used in 28 d"),
            ("HealthAndMoneyDisagree", "invoice 45 d overdue"), ("PersistentRed", "red for 23 d, score 31"),
            ("DataMissing", "data for 33 % of the score"), ("NoticeGiven", "notice given on 14 Aug 2025"),
            ("RenewalWindowUnsigned", "decided in 25 d"),
        ])
    func `of every shipped rule are those of what it asks`(rule: String, fact: String) {
        let account = Self.account(
            flags: RiskFlags(cliffSince: asOf - 1, declineSince: asOf - 6), days: 25, calls: [Self.call(rule, "x")])
        #expect(Self.facts(account) == [fact])
    }

    @Test(
        arguments: [
            ("Acme has five open tickets.", "has five open tickets"), ("Nobody answers at Acme", "Nobody answers"),
            ("Acme's sponsor left", "sponsor left"), ("Somebody at Acme complained", "Somebody complained"),
            ("Acme", "Own"), ("Too many tickets: Acme", "Too many tickets"), ("Six tickets", "Six tickets"),
        ])
    func `of a rule of somebody's own are its summary without the account's name`(summary: String, fact: String) {
        #expect(Self.facts(Self.account(calls: [Self.call("Own", summary)])) == [fact])
    }

    @Test func `stand in the order of their weight, and each once`() {
        let account = Self.account(
            flags: RiskFlags(cliffSince: asOf - 1), days: 25,
            calls: [Self.call("Own", "Six tickets"), Self.call("UsageCliff", "x", severity: .critical)])
        #expect(
            Self.facts(account, [.cliff, .decisionNear])
                == ["usage −62 % in 7 d since 1 Mar", "Six tickets", "decided in 25 d"])
    }

    @Test func `of an alert that outlives its flag is since when it fired, and no fall that is none`() {
        let account = Self.account(calls: [Self.call("UsageCliff", "x"), Self.call("SlowDecline", "x")])
        var figures = Self.figures
        (figures.usageRatio7d, figures.usageRatio) = (0.91, 1.2)
        // Both fired three days ago.
        #expect(
            Self.facts(account, [], figures) == ["usage declines since 27 Feb", "usage almost stopped since 27 Feb"])
        figures.usageRatio7d = 0.9
        #expect(Self.facts(account, [], figures).last == "usage −10 % in 7 d since 27 Feb")
    }

    @Test func `a long silence says more than a ratio`() {
        var figures = Self.figures
        figures.silentBusinessDays = 9
        #expect(
            Self.facts(Self.account(flags: RiskFlags(cliffSince: asOf)), [.cliff], figures)
                == ["no usage for 9 working days"])
    }

    @Test(arguments: [(-10.4, "score −10 in 7 d"), (-9.9, nil), (14, nil)] as [(Double, String?)])
    func `a fall of the score that is news stands last`(change: Double, fact: String?) {
        var figures = Self.figures
        figures.scoreChange7d = change
        #expect(
            Self.facts(Self.account(), [.bandRed], figures)
                == ["red for 23 d, score 31"] + [fact].compactMap { $0 })
    }

    @Test(arguments: [(-1, "decision 1 d overdue"), (0, "decided today"), (25, "decided in 25 d")])
    func `a decision is told from the day asked`(days: Int, fact: String) {
        #expect(TaskFacts.decision(in: days) == fact)
    }

    @Test func `a day more than half a year away has its year`() {
        #expect((asOf - 182).short(near: asOf) == "1 Sep")
        #expect((asOf - 183).short(near: asOf) == "31 Aug 2025")
        #expect((asOf + 182).short(near: asOf) == "31 Aug")
        #expect((asOf + 183).short(near: asOf) == "1 Sep 2026")
    }
}
