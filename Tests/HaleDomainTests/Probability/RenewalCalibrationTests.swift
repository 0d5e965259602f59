import Foundation
import HaleDomain
import Testing

@Suite struct `The upper rungs of the ladder` {
    /// Renewals of a world in which the log odds are 1 plus so much of each of three dimensions.
    private static func world(_ count: Int, slopes: [Double], seed: UInt64) -> [DecidedRenewal] {
        var generator = SplitMix(seed: seed)
        return (0..<count).map { index in
            let dimensions = (0..<3).map { _ in Double.random(in: -1...1, using: &generator) }
            let odds = zip(slopes, dimensions).reduce(1.0) { $0 + $1.0 * $1.1 }
            return DecidedRenewal(
                decidedOn: Day(daysSince2000: Int32(9_000 + 3 * index)),
                isRenewed: Double.random(in: 0...1, using: &generator) < 1 / (1 + exp(-odds)),
                score: dimensions.reduce(0, +), dimensions: dimensions)
        }
    }

    private static func renewals(lost: Int, renewed: Int) -> [DecidedRenewal] {
        (0..<lost + renewed).map { index in
            DecidedRenewal(
                decidedOn: Day(daysSince2000: Int32(9_000 + index)), isRenewed: index >= lost,
                score: index % 2 == 0 ? -0.5 : 0.5, dimensions: [0])
        }
    }

    /// Renewals over three years, of which `lost` are lost in turns, with a score that says nothing of it.
    private static func spread(_ count: Int, lostOneIn share: Int) -> [DecidedRenewal] {
        (0..<count).map { index in
            DecidedRenewal(
                decidedOn: Day(daysSince2000: Int32(9_000 + 1_095 * index / count)), isRenewed: index % share != 0,
                score: index % 2 == 0 ? -1 : 1, dimensions: [0])
        }
    }

    @Test func `need ten of each, and say how many there are`() {
        for (lost, renewed) in [(0, 0), (9, 100), (100, 9)] {
            let result = RenewalCalibration.fit(Self.renewals(lost: lost, renewed: renewed))
            #expect(result.calibration == nil)
            #expect(
                result.steps == [LadderStep(.calibrated, .tooFew(lost: lost, renewed: renewed, needed: 10))])
        }
        // Enough of each, but all within a month: nothing tells whether the rung foretells anything.
        let close = RenewalCalibration.fit(Self.renewals(lost: 10, renewed: 10))
        #expect(close.calibration == nil)
        #expect(close.steps == [LadderStep(.calibrated, .notCompared)])
        let enough = RenewalCalibration.fit(Self.spread(45, lostOneIn: 3))
        #expect(enough.calibration?.rung == 2)
        #expect(enough.steps.last == LadderStep(.fitted, .tooFew(lost: 15, renewed: 30, needed: 20)))
        #expect(
            enough.steps.last?.sentence == "Rung 3 needs 20 lost and 20 renewed ones; there are 15 and 30.")
    }

    /// Every third is lost whatever the score says, so the slope that is assumed foretells worse than a fitted one.
    @Test func `learn the level of the renewals, and are drawn to the usual slope`() throws {
        let rows = Self.spread(57, lostOneIn: 3)
        let base = RenewalRates(RenewalHistory(rows.map(Self.counts)), base: .rate)
        let result = RenewalCalibration.fit(rows)
        let fit = try #require(result.calibration)
        let odds = base.logOdds(of: RenewalGroup(segment: nil), number: 1)
        // m = (38 + 8) / 67 of all; of the one segment (38 + 10 m) / 67.
        #expect(abs(odds - log((38 + 10 * 46.0 / 67) / (19 + 10 * 21.0 / 67))) < 1e-12)
        // The base is drawn to the assumed rate; what the fit adds takes it back to the two thirds that renewed.
        let sides = [-1.0, 1].map { fit.probability(base: odds, score: $0, dimensions: [0]) }
        let mean = (29 * sides[0] + 28 * sides[1]) / 57
        #expect(abs(mean - 2.0 / 3) < 1e-6)
        let slope = try #require(fit.slope)
        #expect(slope > 0 && slope < 0.9)
        #expect(fit.decidedRenewals == 57)
        guard case .taken(let folds)? = result.steps.first?.outcome else {
            Issue.record("\(result.steps)")
            return
        }
        #expect(folds.count == 2 && folds.allSatisfy { $0.above < $0.below })
    }

    /// The score says just what is assumed of it, so fitting it to a few says no more: mostly the rung is not taken.
    @Test func `stay below where what is assumed is right`() {
        let results = (1...8).map { seed in
            RenewalCalibration.fit(Self.world(80, slopes: [0.9, 0.9, 0.9], seed: seed))
        }
        let below = results.filter { $0.calibration == nil }
        #expect(below.count >= 4)
        for result in below where result.steps.count == 1 {
            if case .notBetter(let folds) = result.steps[0].outcome {
                #expect(folds.contains { $0.above >= $0.below })
                #expect(result.steps[0].sentence.hasPrefix("Rung 2 does not foretell the newest renewals better"))
            }
        }
    }

    private static func counts(_ renewal: DecidedRenewal) -> DecidedCounts {
        DecidedCounts(
            decidedOn: renewal.decidedOn, group: renewal.group, number: renewal.number,
            counts: SegmentCounts(renewed: renewal.isRenewed ? 1 : 0, decided: 1))
    }

    @Test func `go to the dimensions where those foretell better`() {
        // One dimension decides, and one that the score counts as good is bad.
        let rows = Self.world(900, slopes: [4, -2, 0], seed: 5)
        let result = RenewalCalibration.fit(rows)
        let base = RenewalRates(RenewalHistory(rows.map(Self.counts)), base: .rate)
            .logOdds(of: RenewalGroup(segment: nil), number: 1)
        #expect(result.calibration?.rung == 3)
        #expect(result.steps.map(\.isTaken) == [true, true])
        let fit = result.calibration
        #expect((fit?.probability(base: base, score: 0, dimensions: [0.5, -0.5, 0]) ?? 0) > 0.9)
        #expect((fit?.probability(base: base, score: 0, dimensions: [-0.5, 0.5, 0]) ?? 1) < 0.2)
    }

    @Test func `stay on the score where it says all there is`() {
        let results = (1...6).map { RenewalCalibration.fit(Self.world(400, slopes: [2.2, 2.2, 2.2], seed: $0)) }
        let onScore = results.filter { $0.calibration?.rung == 2 }
        // By chance both folds can speak for the dimensions; mostly they do not.
        #expect(onScore.count >= 4)
        for result in onScore {
            guard case .notBetter(let folds)? = result.steps.last?.outcome else {
                Issue.record("\(result.steps)")
                continue
            }
            #expect(folds.count == 2)
            #expect(folds.contains { $0.above >= $0.below })
        }
    }

    @Test func `learn nothing from an embargo before what they are tested on`() {
        // All within ninety days: nothing is old enough to foretell the newest from.
        let renewals = Self.world(200, slopes: [4, -2, 0], seed: 9).enumerated().map { index, renewal in
            var renewal = renewal
            renewal.decidedOn = Day(daysSince2000: Int32(9_000 + index / 3))
            return renewal
        }
        #expect(RenewalCalibration.fit(renewals).steps == [LadderStep(.calibrated, .notCompared)])
    }

    /// Of a day all or nothing is foretold, whatever the order of its rows.
    @Test func `are compared alike in any order of the rows`() {
        let rows = Self.world(300, slopes: [3, -2, 0], seed: 3).enumerated().map { index, renewal in
            var renewal = renewal
            renewal.decidedOn = Day(daysSince2000: Int32(9_000 + 60 * (index / 20)))
            return renewal
        }
        let steps = RenewalCalibration.fit(rows).steps
        var random = SplitMix(seed: 4)
        for _ in 0..<3 {
            let shuffled = RenewalCalibration.fit(rows.shuffled(using: &random)).steps
            #expect(shuffled.map(\.kind) == steps.map(\.kind) && shuffled.map(\.isTaken) == steps.map(\.isTaken))
        }
    }

    @Test func `are what the ladder prints beside a probability`() throws {
        let scores = ScoreDistribution(mean: 60, deviation: 10, accounts: 50)
        let fit = try #require(RenewalCalibration.fit(Self.spread(42, lostOneIn: 3)).calibration)
        let ladder = RenewalLadder(
            history: ["smb": SegmentCounts(renewed: 1, decided: 4)], scores: scores, calibration: fit)
        let renewal = try #require(ladder.probability(state: .running, score: 65, segment: "smb"))
        #expect(renewal.label == "calibrated, n = 42")
        // m = 9 / 14 of all, (1 + 10 m) / 14 of the segment.
        let rate = (1 + 90.0 / 14) / 14
        let base = log(rate / (1 - rate))
        #expect(abs(renewal.probability - fit.probability(base: base, score: 0.5, dimensions: [])) < 1e-14)
        let unscored = try #require(ladder.probability(state: .running, score: nil, segment: "smb"))
        #expect(unscored.label == "assumed slope, n = 4")
        #expect(ladder.probability(state: .signed, score: 65, segment: "smb")?.probability == 1)

        let onDimensions = try #require(
            RenewalCalibration.fit(Self.world(900, slopes: [4, -2, 0], seed: 5)).calibration)
        let names = ["usage", "nps", "contract"]
        let formula = RenewalFormula(history: [:], calibration: onDimensions, dimensions: names)
        // Two drivers of usage, one of a dimension that the fit does not know; the mean account has 2 points of nps.
        let drivers = ["usage.trend", "usage.seats", "nps", "contract", "csm.sentiment"]
        let logOdds = formula.dimensionLogOdds(points: [4, 1, -3, 0, 7], drivers: drivers)
        let mean = formula.dimensionLogOdds(points: [0, 0, 2, 0, 0], drivers: drivers)
        let upper = RenewalLadder(formula: formula, scores: scores, meanDimensionLogOdds: mean)
        let fitted = try #require(
            upper.probability(state: .pastDue, score: 65, segment: nil, dimensionLogOdds: logOdds))
        #expect(fitted.label == "fitted, n = 900")
        #expect(
            abs(
                fitted.probability
                    - onDimensions.probability(base: log(4), score: 0.5, dimensions: [0.5, -0.5, 0])) < 1e-14)
    }
}
