import HaleDomain
import Testing

@Suite struct `Routes of alerts` {
    private static func alert(
        severity: AlertSeverity = .critical, segment: String? = "enterprise", csm: String? = "Ana@example.com",
        labels: [String: String] = ["team": "cs"]
    ) -> RoutedAlert {
        RoutedAlert(
            rule: "UsageCliff", account: "A-17", severity: severity, labels: labels, segment: segment, csm: csm)
    }

    private static func route(
        _ receiver: String, continues: Bool = false, _ adjust: (inout AlertRoute.Match) -> Void = { _ in }
    ) -> AlertRoute {
        var route = AlertRoute(receiver: receiver)
        route.continues = continues
        adjust(&route.match)
        return route
    }

    @Test func `the first route that accepts an alert takes it`() {
        let routes = [
            Self.route("a") { $0.severities = [.info] }, Self.route("b") { $0.segments = ["enterprise"] },
            Self.route("c"),
        ]
        #expect(AlertRoute.routes(of: Self.alert(), among: routes).map(\.receiver) == ["b"])
        #expect(AlertRoute.routes(of: Self.alert(segment: nil), among: routes).map(\.receiver) == ["c"])
        #expect(AlertRoute.routes(of: Self.alert(severity: .info), among: routes).map(\.receiver) == ["a"])
    }

    @Test func `a route that continues lets the next ones be asked`() {
        let routes = [Self.route("a", continues: true), Self.route("b"), Self.route("c")]
        #expect(AlertRoute.routes(of: Self.alert(), among: routes).map(\.receiver) == ["a", "b"])
    }

    @Test func `a match asks for labels, severity, segment and CSM together`() {
        let route = Self.route("a") {
            $0.labels = ["team": "cs"]
            $0.severities = [.warning, .critical]
            $0.csms = ["ana@example.com"]
        }
        #expect(route.match.accepts(Self.alert()))
        #expect(!route.match.accepts(Self.alert(labels: [:])))
        #expect(!route.match.accepts(Self.alert(labels: ["team": "sales"])))
        #expect(!route.match.accepts(Self.alert(severity: .info)))
        #expect(!route.match.accepts(Self.alert(csm: nil)))
        #expect(!route.match.accepts(Self.alert(csm: "bob@example.com")))
    }

    @Test func `alerts are grouped by CSM unless the route says otherwise`() {
        var route = Self.route("a")
        #expect(route.group(of: Self.alert()).key == #"{}:{csm="Ana@example.com"}"#)
        #expect(route.group(of: Self.alert(csm: nil)).labels == ["csm": ""])
        route.groupBy = ["team", "alert"]
        route.match.severities = [.critical]
        let group = route.group(of: Self.alert())
        #expect(group.key == #"{}/{severity=~"critical"}:{alert="UsageCliff", team="cs"}"#)
        #expect(group.labels == ["alert": "UsageCliff", "team": "cs"])
    }

    @Test func `a fingerprint is the one that Alertmanager gives`() {
        let labels = ["severity": "critical", "alertname": "DemoAlert", "server": "ni3"]
        #expect(AlertFingerprint.text(of: labels) == "8a07086b74f3ba78")
        // The hash of nothing is FNV-1a's own offset.
        #expect(AlertFingerprint.text(of: [:]) == "cbf29ce484222325")
    }
}

@Suite struct `Active hours` {
    @Test func `hours of the week are open or so many minutes away`() throws {
        let hours = try #require(ActiveHours("mon-fri 08:00-18:00"))
        #expect(hours.waitMinutes(weekday: 1, minute: 480) == 0)
        #expect(hours.waitMinutes(weekday: 5, minute: 1_079) == 0)
        #expect(hours.waitMinutes(weekday: 1, minute: 450) == 30)
        // Never more than an hour is promised: the clock may be moved meanwhile.
        #expect(hours.waitMinutes(weekday: 5, minute: 1_080) == 60)
        #expect(hours.waitMinutes(weekday: 6, minute: 600) == 60)
        #expect(hours.waitMinutes(weekday: 1, minute: 0) == 60)
    }

    @Test func `hours past midnight belong to the day on which they begin`() throws {
        let hours = try #require(ActiveHours("sun 22:00-02:00"))
        #expect(hours.waitMinutes(weekday: 7, minute: 1_430) == 0)
        #expect(hours.waitMinutes(weekday: 1, minute: 119) == 0)
        #expect(hours.waitMinutes(weekday: 1, minute: 120) == 60)
        #expect(hours.waitMinutes(weekday: 7, minute: 60) == 60)
    }

    @Test(arguments: ["23:00-00:00", "23:00-24:00"])
    func `an end at midnight is written either way`(text: String) throws {
        let hours = try #require(ActiveHours(text))
        #expect(hours.waitMinutes(weekday: 3, minute: 1_380) == 0)
        #expect(hours.waitMinutes(weekday: 3, minute: 1_439) == 0)
        #expect(hours.waitMinutes(weekday: 4, minute: 0) == 60)
    }

    @Test func `spans are joined, days may wrap, and without days it is every day`() throws {
        let hours = try #require(ActiveHours("fri-mon 09:00-10:00, 20:00-24:00"))
        #expect(hours.waitMinutes(weekday: 7, minute: 540) == 0)
        #expect(hours.waitMinutes(weekday: 3, minute: 540) == 60)
        #expect(hours.waitMinutes(weekday: 3, minute: 1_439) == 0)
        // The last minute of Sunday leads to Monday.
        #expect(try #require(ActiveHours("mon 00:00-01:00")).waitMinutes(weekday: 7, minute: 1_439) == 1)
    }

    @Test(arguments: [
        "", "mon", "mon 8-18", "mon 08:00", "mon 08:00-08:00", "xyz 08:00-18:00", "mon 25:00-26:00", "mon 08:60-09:00",
        "mon tue 08:00-18:00", "08:00-18:00,",
    ])
    func `what are no hours are none`(text: String) {
        #expect(ActiveHours(text) == nil)
    }
}

@Suite struct `What is told of an alert` {
    private static func waiting(
        isResolution: Bool = false, isFiring: Bool = true, wasTold: Bool = false, isAcknowledged: Bool = false,
        silentSeconds: Int? = nil, wantsResolved: Bool = true
    ) -> FlushDecision.Waiting {
        FlushDecision.Waiting(
            isResolution: isResolution, isFiring: isFiring, wasTold: wasTold, isAcknowledged: isAcknowledged,
            silentSeconds: silentSeconds, wantsResolved: wantsResolved)
    }

    @Test func `an alert that fires is told, unless somebody has it in hand or silenced it`() {
        #expect(FlushDecision.of(Self.waiting()) == .tellFiring)
        #expect(FlushDecision.of(Self.waiting(isAcknowledged: true)) == .drop(.acknowledged))
        #expect(FlushDecision.of(Self.waiting(silentSeconds: 90)) == .wait(seconds: 90))
        #expect(FlushDecision.of(Self.waiting(isFiring: false)) == .drop(.resolvedBeforeTold))
    }

    @Test func `its end is told to whom it was told, silenced or not, and to nobody else`() {
        let told = Self.waiting(isResolution: true, isFiring: false, wasTold: true)
        #expect(FlushDecision.of(told) == .tellResolved)
        let silenced = Self.waiting(
            isResolution: true, isFiring: false, wasTold: true, isAcknowledged: true, silentSeconds: 90)
        #expect(FlushDecision.of(silenced) == .tellResolved)
        #expect(
            FlushDecision.of(Self.waiting(isResolution: true, isFiring: false)) == .drop(.resolvedBeforeTold))
        let unwanted = Self.waiting(isResolution: true, isFiring: false, wasTold: true, wantsResolved: false)
        #expect(FlushDecision.of(unwanted) == .drop(.resolvedNotWanted))
    }
}

@Suite struct `The budget of a worker` {
    private static func demand(
        _ receiver: Int64, host: String = "", concurrency: Int = 4, underWay: Int = 0
    ) -> ClaimBudget.Demand {
        ClaimBudget.Demand(
            receiver: receiver, host: host.isEmpty ? "host\(receiver)" : host, concurrency: concurrency,
            underWay: underWay)
    }

    @Test func `a receiver gets what it takes at once, less what is under way`() {
        let places = ClaimBudget.places([Self.demand(1), Self.demand(2, underWay: 3), Self.demand(3, underWay: 4)])
        #expect(places == [1: 4, 2: 1])
    }

    @Test func `receivers of one host share its places, the one with the fewest under way first`() {
        let places = ClaimBudget.places([
            Self.demand(1, host: "h", underWay: 4), Self.demand(2, host: "h", underWay: 1), Self.demand(3, host: "h"),
        ])
        #expect(places == [3: 3])
        #expect(ClaimBudget.hostLimit == 8)
    }

    @Test func `among receivers with as many under way the one that waited longest comes first`() {
        let places = ClaimBudget.places([
            ClaimBudget.Demand(receiver: 1, host: "h", concurrency: 8, underWay: 0, lastSent: 20),
            ClaimBudget.Demand(receiver: 2, host: "h", concurrency: 8, underWay: 0, lastSent: 10),
        ])
        #expect(places == [2: 8])
    }

    @Test func `a receiver that takes more than a host usually does raises the host's limit`() {
        #expect(ClaimBudget.places([Self.demand(1, concurrency: 50)]) == [1: 50])
    }

    @Test func `no more than the worker's limit is under way, and slow receivers leave places to others`() {
        let slow = (1...70).map { Self.demand(Int64($0), underWay: 4) }
        // 280 under way already: nobody gets more, and nothing becomes negative.
        #expect(ClaimBudget.places(slow).isEmpty)
        let places = ClaimBudget.places((1...63).map { Self.demand(Int64($0), underWay: 4) } + [Self.demand(99)])
        #expect(places == [99: 4])
    }
}
