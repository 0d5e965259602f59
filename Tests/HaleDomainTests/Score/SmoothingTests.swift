import HaleDomain
import Testing

@Suite struct `A smoothed score` {
    private func days(seed: UInt64, count: Int) -> [DayScore] {
        var generator = SplitMix(seed: seed)
        var day = Day(daysSince2000: 9_000)
        return (0..<count).map { _ in
            day = day + Int.random(in: 1...9, using: &generator)
            let missing = Double.random(in: 0...1, using: &generator)
            let cliff = Double.random(in: 0...1, using: &generator) < 0.1 ? day : nil
            return DayScore(
                day: day,
                composition: Composition(randomReadings(using: &generator, missing: missing), model: .default),
                flags: RiskFlags(cliffSince: cliff))
        }
    }

    private func states(_ days: [DayScore], after first: ScoreState? = nil) -> [ScoreState] {
        var previous = first
        return days.map { day in
            let state = ScoreState.smooth(day, after: previous, model: .default)
            previous = state
            return state
        }
    }

    @Test(arguments: 1...20)
    func `is the sum of its parts on every day`(seed: UInt64) {
        for state in states(days(seed: seed, count: 80)) {
            let smoothed = state.smoothed
            let sum = smoothed.baseline + smoothed.points.reduce(0, +) + smoothed.clip
            #expect(abs(sum - smoothed.score) < 1e-9)
            #expect((0...100).contains(smoothed.score))
        }
    }

    @Test func `is the same when later days are smoothed again from what is stored`() {
        let all = days(seed: 30, count: 60)
        let once = states(all)
        #expect(states(Array(all[25...]), after: once[24]) == Array(once[25...]))
    }

    @Test func `starts at the first score`() {
        let first = days(seed: 31, count: 1)[0]
        let state = ScoreState.smooth(first, after: nil, model: .default)
        #expect(
            state.smoothed
                == SmoothedScore(
                    score: first.score, baseline: first.baseline, clip: first.clip, points: first.points))
        // A state of the same day or later is not the day before.
        #expect(ScoreState.smooth(first, after: state, model: .default) == state)
    }

    private func row(_ day: Int, _ score: Double, coverage: Double = 1, cliff: Bool = false) -> DayScore {
        let date = Day(daysSince2000: Int32(day))
        return DayScore(
            day: date, score: score, baseline: score, clip: 0, points: [], coverage: coverage,
            flags: RiskFlags(cliffSince: cliff ? date : nil))
    }

    @Test func `moves half the way in a week, whatever the gaps`() {
        let weekly = states([row(0, 80), row(7, 60)])
        #expect(abs(weekly[1].smoothed.score - 70) < 1e-12)
        let daily = states([row(0, 80)] + (1...7).map { row($0, 70) })
        #expect(abs(daily[7].smoothed.score - 75) < 1e-9)
    }

    @Test func `follows a cliff down at once, with all its parts`() {
        let after = states([row(0, 80), row(1, 60, cliff: true)])[1]
        #expect(after.smoothed.score == 60 && after.smoothed.baseline == 60)
        #expect(after.computedBand == .amber)
    }

    @Test func `follows a great fall only when a second run confirms it`() {
        let after = states([row(0, 80), row(1, 20), row(2, 20)])
        #expect(after[1].smoothed.score > 70 && after[1].runsBelow == 1)
        #expect(after[2].smoothed.score == 20 && after[2].computedBand == .red)
        let once = states([row(0, 80), row(1, 20), row(2, 80), row(3, 20)])
        #expect(once[3].smoothed.score > 65)
    }

    @Test func `is frozen and unknown while too little is known`() {
        let after = states([row(0, 80), row(1, 10, coverage: 0.29), row(2, 80, coverage: 0.3)])
        #expect(after[1].smoothed.score == 80 && after[1].computedBand == .unknown)
        #expect(after[2].computedBand == .green)
    }

    @Test func `stays in its band inside the deadband, but not for ever`() {
        // Amber at 47, then a steady 41: inside the deadband of 5 until 28 days on the other side are over.
        let start = ScoreState(
            day: Day(daysSince2000: 0), smoothed: SmoothedScore(score: 47, baseline: 47, clip: 0, points: []),
            computedBand: .amber, daysInBand: 100, daysOnOtherSide: 0, runsBelow: 0, flags: RiskFlags())
        let after = states((1...60).map { row($0, 41) }, after: start)
        let firstBelow = after.firstIndex { $0.smoothed.score < 45 } ?? 0
        let firstRed = after.firstIndex { $0.computedBand == .red } ?? 0
        #expect(firstRed == firstBelow + 27)
        #expect(after.allSatisfy { $0.smoothed.score > 40 })
    }

    @Test func `rises to a better band only after a week in the present one`() {
        let after = states([row(0, 60)] + (1...30).map { row($0, 100) })
        let green = after.firstIndex { $0.computedBand == .green } ?? 0
        #expect(green == 7)
        #expect(after[6].smoothed.score > 75)
    }
}

@Suite struct `Exceptions of the band` {
    @Test(
        arguments: [
            ([], Band.green, Band.green), ([.cliff], .green, .amber), ([.cliff], .red, .red),
            ([.detractor], .amber, .amber),
            ([.championLeft, .noticeGiven], .green, .red), ([.cliff], .unknown, .unknown),
            ([.noticeGiven], .unknown, .red), ([.noticeGiven], .red, .red),
        ] as [([BandException], Band, Band)])
    func `lower the computed band and never raise it`(exceptions: [BandException], computed: Band, expected: Band) {
        #expect(BandException.apply(exceptions, to: computed, model: .default) == expected)
    }

    @Test func `are those of the flags, and only a notice without a score`() {
        let day = Day(daysSince2000: 1)
        let flags = RiskFlags(cliffSince: day, declineSince: day, championLeftSince: day, detractorSince: day)
        #expect(
            BandException.inForce(flags: flags, noticeGiven: true, isScored: true)
                == [.noticeGiven, .detractor, .championLeft, .cliff])
        #expect(BandException.inForce(flags: flags, noticeGiven: true, isScored: false) == [.noticeGiven])
        #expect(BandException.inForce(flags: RiskFlags(declineSince: day), noticeGiven: false, isScored: true) == [])
    }
}
