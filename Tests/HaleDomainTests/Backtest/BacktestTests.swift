import Foundation
import HaleDomain
import Testing

@Suite struct `A backtest` {
    /// Renewals of 150 accounts over five years whose log odds are 1.4 plus `slope` times the score.
    private static func rows(_ count: Int = 600, slope: Double, seed: UInt64 = 1) -> [BacktestRow] {
        var generator = SplitMix(seed: seed)
        return (0..<count).map { index in
            let score = Double.random(in: -2...2, using: &generator)
            let decidedOn = Day(daysSince2000: Int32(7_000 + 3 * index))
            return BacktestRow(
                account: Int64(index % 150), segment: index % 2 == 0 ? "smb" : nil, snapshotOn: decidedOn - 90,
                renewal: DecidedRenewal(
                    decidedOn: decidedOn,
                    isRenewed: Double.random(in: 0...1, using: &generator) < 1 / (1 + exp(-1.4 - slope * score)),
                    score: score, dimensions: [score]),
                band: score < -1 ? .red : .green, tenureDays: Int.random(in: 100...3_000, using: &generator))
        }
    }

    @Test func `says where the score is better than its baselines`() throws {
        let report = BacktestReport(Self.rows(slope: 1.5), capacity: 30, resamples: 200)
        #expect(
            report.verdict.hasPrefix("The score foretold renewals better than the base rate and than tenure alone."))
        let area = try #require(report.score.areaUnderCurve.value)
        let (low, high) = (
            try #require(report.score.areaUnderCurve.low90), try #require(report.score.areaUnderCurve.high90)
        )
        #expect(low < area && area < high)
        #expect(area > 0.75)
        // All are first renewals, so tenure has nothing to tell them apart by, and says so.
        #expect(report.withoutTenure == 600 && report.tenureOnly == report.baseRate)
        #expect(report.both == report.score)
        #expect(report.alwaysRenewed.areaUnderCurve.value == 0.5)
        #expect(report.alwaysRenewed.brierScore.value == Double(report.lost) / 600)
        #expect(
            try #require(report.score.brierScore.value) < (try #require(report.baseRate.brierScore.value)))
        #expect(try #require(report.score.topDecileLift.value) > 2)
        #expect(report.renewals == 600)
        #expect(report.lost == Self.rows(slope: 1.5).count { !$0.renewal.isRenewed })
    }

    @Test func `does not flatter a score that says nothing`() throws {
        let report = BacktestReport(Self.rows(slope: 0), capacity: 30, resamples: 200)
        #expect(
            report.verdict.hasPrefix(
                "The score did not foretell renewals better than the base rate, nor than tenure alone."))
        #expect(report.verdict.contains("no better than chance"))
    }

    @Test func `says so where too little was decided`() {
        let report = BacktestReport(Array(Self.rows(slope: 1).prefix(12)), capacity: 3, resamples: 50)
        #expect(report.verdict.hasPrefix("Too little was decided to judge:"))
        let nothing = BacktestReport([], capacity: 3)
        #expect(nothing.score.areaUnderCurve.value == nil && nothing.score.areaUnderCurve.low90 == nil)
        #expect(
            nothing.verdict == "Too little was decided to judge: 0 lost and 0 renewed, where 10 of each are the least.")
    }

    @Test func `is the same in every run, and moves with its seed`() {
        let rows = Self.rows(300, slope: 1)
        let first = BacktestReport(rows, capacity: 10, resamples: 100)
        #expect(first == BacktestReport(rows.reversed(), capacity: 10, resamples: 100))
        let other = BacktestReport(rows, capacity: 10, resamples: 100, seed: 2)
        #expect(other.score.brierScore.value == first.score.brierScore.value)
        #expect(other.score.brierScore.low90 != first.score.brierScore.low90)
    }

    @Test func `learns from nothing that was not decided yet`() {
        let rows = Self.rows(400, slope: 1)
        let cut = rows[250].renewal.decidedOn
        let turned = rows.map { row in
            var row = row
            if row.renewal.decidedOn >= cut { row.renewal.isRenewed.toggle() }
            return row
        }
        let foretold = BacktestReport(rows, capacity: 9, resamples: 2).foretold
        let otherwise = BacktestReport(turned, capacity: 9, resamples: 2).foretold
        let before = rows.count { $0.snapshotOn <= cut }
        #expect(before > 250 && before < 400)
        #expect(foretold[..<before] == otherwise[..<before])
        #expect(foretold.last != otherwise.last)
    }

    @Test func `has a noise floor, since few renewals look uncalibrated by chance`() throws {
        let few = BacktestReport(Array(Self.rows(slope: 1).prefix(60)), capacity: 5, resamples: 50)
        let many = BacktestReport(Self.rows(slope: 1), capacity: 5, resamples: 50)
        #expect(try #require(few.score.noiseFloor) > (try #require(many.score.noiseFloor)))
        #expect(try #require(many.score.noiseFloor) > 0)
    }

    @Test func `counts by segment and band`() {
        let rows = Self.rows(slope: 1)
        let report = BacktestReport(rows, capacity: 5, resamples: 20)
        #expect(report.segments.map(\.name) == ["", "smb"])
        #expect(report.segments.map(\.renewals) == [300, 300])
        #expect(report.bands.map(\.name) == ["green", "red"])
        #expect(report.bands.map(\.lost).reduce(0, +) == report.lost)
        let red = report.bands[1]
        #expect(red.lost == rows.count { $0.band == .red && !$0.renewal.isRenewed })
        #expect(red.expected > report.bands[0].expected)
        #expect(report.reliability.reduce(0) { $0 + $1.count } == 600)
    }

    /// A third of the customers leaves with a chance of a half at each renewal, the others with one of a twentieth, so those
    /// who renewed before renew again: the odds rise with the number whatever the score says.
    private static func cohorts(scoreSlope: Double, seed: UInt64) -> [BacktestRow] {
        var generator = SplitMix(seed: seed)
        var rows: [BacktestRow] = []
        for customer in 0..<500 {
            let inclination = Double.random(in: 0...1, using: &generator) < 0.33 ? 0.5 : 0.05
            let start = Int.random(in: 0...1_000, using: &generator)
            for number in 1...6 {
                let score = Double.random(in: -1.5...1.5, using: &generator)
                let odds = log((1 - inclination) / inclination) + scoreSlope * score
                let isRenewed = Double.random(in: 0...1, using: &generator) < 1 / (1 + exp(-odds))
                let decidedOn = Day(daysSince2000: Int32(6_000 + start + 365 * number))
                rows.append(
                    BacktestRow(
                        account: Int64(customer), segment: nil, snapshotOn: decidedOn - 90,
                        renewal: DecidedRenewal(
                            decidedOn: decidedOn, isRenewed: isRenewed, number: number, score: score,
                            dimensions: [score]),
                        band: .green, tenureDays: 365 * number))
                if !isRenewed { break }
            }
        }
        return rows
    }

    @Test func `tells tenure from the base rate where those who renewed before renew again`() throws {
        let report = BacktestReport(Self.cohorts(scoreSlope: 0, seed: 2), capacity: 30, resamples: 200)
        let tenure = try #require(report.tenureOnly.areaUnderCurve.value)
        #expect(tenure > 0.6 && report.withoutTenure < report.renewals / 2)
        #expect(report.tenureOnly != report.baseRate)
        #expect(try #require(report.tenureOnly.brierScore.value) < (try #require(report.baseRate.brierScore.value)))
        #expect(
            report.verdict.hasPrefix(
                "The score did not foretell renewals better than the base rate, nor than tenure alone."))
        let both = BacktestReport(Self.cohorts(scoreSlope: 1.5, seed: 2), capacity: 30, resamples: 200)
        #expect(both.verdict.contains("Both together foretold them better than either."))
        let area = try #require(both.both.areaUnderCurve.value)
        #expect(area > (try #require(both.score.areaUnderCurve.value)))
        #expect(area > (try #require(both.tenureOnly.areaUnderCurve.value)))
    }

    @Test func `says where nothing is better than that all renew`() {
        let rows = Self.rows(slope: 0).enumerated().map { index, row in
            var row = row
            row.renewal.isRenewed = index % 40 != 0
            return row
        }
        #expect(
            BacktestReport(rows, capacity: 30, resamples: 200).verdict
                .contains("None was better than saying that all renew."))
    }
}
