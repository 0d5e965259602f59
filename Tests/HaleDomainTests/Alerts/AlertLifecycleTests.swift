import HaleDomain
import Testing

private let firstDay = Day(daysSince2000: 9_556)
private let key = AlertKey(account: 7, rule: "UsageCliff")

/// The life of an alert as text: what the condition is on each day, and what the alert is afterwards.
///
/// Days: t, f and u. Alerts: `-` none, `p` pending, `f` firing, `r` resolved on the day, `d` vanished on the day; capital
/// letters where the condition is not known.
private struct Life: CustomTestStringConvertible, Sendable {
    let forDays: Int
    let keep: Int
    let met: String
    var cleared: String?
    let expected: String

    init(_ forDays: Int, _ keep: Int, _ met: String, cleared: String? = nil, _ expected: String) {
        self.forDays = forDays
        self.keep = keep
        self.met = met
        self.cleared = cleared
        self.expected = expected
    }

    var testDescription: String { "for \(forDays)d, keep \(keep)d: \(met) \(cleared ?? "")" }

    var rule: AlertRule {
        AlertRule(name: key.rule, condition: "true", forDays: forDays, keepFiringDays: keep)
    }

    var readings: [ConditionReading] {
        let clearing = cleared.map { Array($0) }
        return met.enumerated().map { index, letter in
            ConditionReading(
                met: ConditionTruth(rawValue: letter) ?? .unknown,
                cleared: clearing.flatMap { ConditionTruth(rawValue: $0[index]) })
        }
    }
}

/// Takes a rule through days; what is left after each.
private func live(_ rule: AlertRule, _ readings: [ConditionReading], from first: Day = firstDay) -> [AlertStep?] {
    var alert: Alert?
    return readings.enumerated().map { index, reading in
        let step = AlertLifecycle.step(rule, key: key, alert: alert, reading: reading, on: first + index)
        alert = step?.alert.isOpen == true ? step?.alert : nil
        return step
    }
}

private func letter(_ step: AlertStep?) -> String {
    guard let alert = step?.alert else { return "-" }
    let letter =
        switch alert.state {
        case .pending: "p"
        case .firing: "f"
        case .resolved: step?.transition?.kind == .dropped ? "d" : "r"
        }
    return alert.staleSince == nil ? letter : letter.uppercased()
}

@Suite struct `The life of an alert` {
    @Test(arguments: [
        // for
        Life(0, 0, "t", "f"), Life(1, 0, "t", "f"), Life(0, 0, "f", "-"), Life(0, 0, "u", "-"),
        Life(2, 0, "tt", "pf"), Life(3, 0, "tttt", "ppff"), Life(2, 0, "tft", "pdp"), Life(2, 0, "fftt", "--pf"),
        // unknown days neither count nor reset
        Life(2, 0, "tut", "pPf"), Life(2, 0, "tuut", "pPPf"), Life(3, 0, "tutft", "pPpdp"), Life(2, 0, "utut", "-pPf"),
        Life(2, 0, "tuf", "pPd"), Life(0, 0, "tuf", "fFr"), Life(0, 0, "tuuut", "fFFFf"),
        // the end, and a new alert after it
        Life(0, 0, "tf", "fr"), Life(0, 0, "tft", "frf"), Life(2, 0, "ttfftt", "pfr-pf"),
        // keep_firing_for
        Life(0, 1, "tff", "ffr"), Life(0, 2, "tfff", "fffr"), Life(0, 2, "tftfff", "fffffr"),
        Life(0, 2, "tfuff", "ffFr-"), Life(2, 1, "tfff", "pd--"),
        // clear_when
        Life(0, 0, "tff", cleared: "fft", "ffr"), Life(0, 0, "tff", cleared: "fuf", "fFf"),
        Life(0, 0, "tt", cleared: "tt", "ff"), Life(0, 0, "tut", cleared: "ftf", "fFf"),
        Life(2, 0, "tf", cleared: "ff", "pd"), Life(0, 2, "tffff", cleared: "ftftt", "fffff"),
    ])
    private func `follows its condition from day to day`(life: Life) {
        let found = live(life.rule, life.readings).map(letter).joined()
        #expect(found == life.expected)
    }

    @Test func `says what happened once, with the reason`() throws {
        let life = Life(2, 2, "ttuutfffft", "")
        let transitions = live(life.rule, life.readings).map { $0?.transition }
        #expect(
            transitions == [
                AlertTransition(.pending, .held(days: 1, of: 2)), AlertTransition(.firing, .held(days: 2, of: 2)),
                AlertTransition(.stale, .unknownSince(firstDay + 1)), nil, nil, nil, nil,
                AlertTransition(.resolved, .failedSince(firstDay + 5)), nil,
                AlertTransition(.pending, .held(days: 1, of: 2)),
            ])
        let dropped = live(life.rule, Life(2, 0, "tf", "").readings).last??.transition
        #expect(dropped == AlertTransition(.dropped, .failed))
        #expect(
            AlertTransition.Reason.failedSince(firstDay).sentence == "The condition holds no more since 2026-03-01.")
    }

    @Test func `keeps its days`() throws {
        let life = Life(2, 3, "ttutf", "")
        let last = try #require(live(life.rule, life.readings).last??.alert)
        #expect(
            last
                == Alert(
                    key: key, state: .firing, sinceOn: firstDay, trueDays: 3, firedOn: firstDay + 1,
                    falseSince: firstDay + 4, evaluatedOn: firstDay + 4))
    }

    @Test func `goes on firing when its rule asks for more days, and fires sooner when it asks for fewer`() throws {
        let two = AlertRule(name: key.rule, condition: "true", forDays: 2)
        let nine = AlertRule(name: key.rule, condition: "true", forDays: 9)
        let firing = try #require(live(two, Life(2, 0, "tt", "").readings).last??.alert)
        let longer = AlertLifecycle.step(
            nine, key: key, alert: firing, reading: ConditionReading(met: .holds), on: firstDay + 2)
        #expect(longer?.alert.state == .firing && longer?.transition == nil)
        let pending = try #require(live(nine, Life(9, 0, "tt", "").readings).last??.alert)
        #expect(pending.state == .pending)
        let shorter = AlertLifecycle.step(
            two, key: key, alert: pending, reading: ConditionReading(met: .holds), on: firstDay + 2)
        #expect(shorter?.transition == AlertTransition(.firing, .held(days: 3, of: 2)))
    }

    @Test func `is closed by a person on the day that it has seen last`() throws {
        let firing = try #require(live(Life(0, 0, "t", "").rule, Life(0, 0, "t", "").readings).last??.alert)
        let step = AlertLifecycle.close(firing, by: "ana@example.com")
        #expect(step.alert.state == .resolved && step.alert.resolvedOn == firstDay)
        #expect(step.transition == AlertTransition(.expired, .closed(by: "ana@example.com")))
    }

    /// Days that are made up, from a seed.
    private func randomReadings(_ generator: inout SplitMix) -> [ConditionReading] {
        (0..<Int.random(in: 1...40, using: &generator)).map { _ in
            ConditionReading(met: ConditionTruth.allCases.randomElement(using: &generator) ?? .unknown)
        }
    }

    @Test func `a day that is run again changes nothing`() {
        var generator = SplitMix(seed: 5)
        for _ in 0..<500 {
            let rule = AlertRule(
                name: key.rule, condition: "true", forDays: Int.random(in: 0...4, using: &generator),
                keepFiringDays: Int.random(in: 0...3, using: &generator))
            var alert: Alert?
            for (index, reading) in randomReadings(&generator).enumerated() {
                let day = firstDay + index
                let step = AlertLifecycle.step(rule, key: key, alert: alert, reading: reading, on: day)
                alert = step?.alert.isOpen == true ? step?.alert : nil
                guard let alert else { continue }
                for again in ConditionTruth.allCases {
                    for earlier in [day, day - 1] {
                        let repeated = AlertLifecycle.step(
                            rule, key: key, alert: alert, reading: ConditionReading(met: again), on: earlier)
                        #expect(repeated == AlertStep(alert))
                    }
                }
            }
        }
    }

    @Test func `fires exactly where as many known days in a row were true as the rule asks for`() {
        var generator = SplitMix(seed: 11)
        for _ in 0..<500 {
            let forDays = Int.random(in: 0...5, using: &generator)
            let readings = randomReadings(&generator)
            let steps = live(AlertRule(name: key.rule, condition: "true", forDays: forDays), readings)
            var run = 0
            for (reading, step) in zip(readings, steps) {
                switch reading.met {
                case .holds: run += 1
                case .fails: run = 0
                case .unknown: break
                }
                #expect((step?.alert.state == .firing) == (run >= max(1, forDays)))
                #expect((step?.alert.state == .pending) == (run > 0 && run < max(1, forDays)))
            }
        }
    }

    @Test func `lives the same life without the days that tell nothing`() {
        var generator = SplitMix(seed: 13)
        for _ in 0..<500 {
            let rule = AlertRule(
                name: key.rule, condition: "true", forDays: Int.random(in: 0...4, using: &generator))
            let readings = randomReadings(&generator)
            func kinds(_ readings: [ConditionReading]) -> [AlertTransition.Kind] {
                live(rule, readings).compactMap { $0?.transition?.kind }.filter { $0 != .stale }
            }
            #expect(kinds(readings) == kinds(readings.filter { $0.met != .unknown }))
        }
    }
}
