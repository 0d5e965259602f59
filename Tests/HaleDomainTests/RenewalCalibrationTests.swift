import Foundation
import HaleDomain
import Testing

@Suite struct `The upper rungs of the ladder` {
    /// Renewals of a world in which the log odds are 1 plus so much of each of three dimensions.
    private static func world(_ count: Int, slopes: [Double], seed: UInt64) -> [DecidedRenewal] {
        var generator = SeededGenerator(seed: seed)
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

    @Test func `need ten of each, and say how many there are`() {
        for (lost, renewed) in [(0, 0), (9, 100), (100, 9)] {
            let result = RenewalCalibration.fit(Self.renewals(lost: lost, renewed: renewed))
            #expect(result.calibration == nil)
            #expect(result.refusals == [.tooFew(rung: 2, lost: lost, renewed: renewed, needed: 10)])
        }
        let enough = RenewalCalibration.fit(Self.renewals(lost: 10, renewed: 10))
        #expect(enough.calibration?.rung == 2)
        #expect(enough.refusals == [.tooFew(rung: 3, lost: 10, renewed: 10, needed: 20)])
        #expect(
            enough.refusals[0].sentence == "Rung 3 needs 20 lost and 20 renewed ones; there are 10 and 10.")
    }

    @Test func `learn the level of the renewals, and are drawn to the usual slope`() throws {
        // Half are lost whatever the score says.
        let fit = try #require(RenewalCalibration.fit(Self.renewals(lost: 16, renewed: 16)).calibration)
        #expect(abs(fit.probability(score: 0, dimensions: [0]) - 0.5) < 1e-6)
        let low = fit.probability(score: -1, dimensions: [0])
        let assumed = 1 / (1 + exp(0.9))
        #expect(low < 0.5 && low > assumed)
        #expect(fit.decidedRenewals == 32)
    }

    @Test func `go to the dimensions where those foretell better`() {
        // One dimension decides, and one that the score counts as good is bad.
        let result = RenewalCalibration.fit(Self.world(900, slopes: [4, -2, 0], seed: 5))
        #expect(result.calibration?.rung == 3)
        #expect(result.refusals == [])
        let fit = result.calibration
        #expect((fit?.probability(score: 0, dimensions: [0.5, -0.5, 0]) ?? 0) > 0.9)
        #expect((fit?.probability(score: 0, dimensions: [-0.5, 0.5, 0]) ?? 1) < 0.2)
    }

    @Test func `stay on the score where it says all there is`() {
        let results = (1...6).map { RenewalCalibration.fit(Self.world(200, slopes: [0.9, 0.9, 0.9], seed: $0)) }
        let onScore = results.filter { $0.calibration?.rung == 2 }
        // By chance both folds can speak for the dimensions; mostly they do not.
        #expect(onScore.count >= 4)
        for result in onScore {
            guard case .notBetter(let folds)? = result.refusals.first else {
                Issue.record("\(result.refusals)")
                continue
            }
            #expect(folds.count == 2)
            #expect(folds.contains { $0.onDimensions >= $0.onScore })
        }
    }

    @Test func `learn nothing from an embargo before what they are tested on`() {
        // All within ninety days: nothing is old enough to foretell the newest from.
        let renewals = Self.world(200, slopes: [4, -2, 0], seed: 9).enumerated().map { index, renewal in
            var renewal = renewal
            renewal.decidedOn = Day(daysSince2000: Int32(9_000 + index / 3))
            return renewal
        }
        #expect(RenewalCalibration.fit(renewals).refusals == [.notBetter([])])
    }

    @Test func `are what the ladder prints beside a probability`() throws {
        let scores = ScoreDistribution(mean: 60, deviation: 10, accounts: 50)
        let fit = try #require(RenewalCalibration.fit(Self.renewals(lost: 12, renewed: 30)).calibration)
        let ladder = RenewalLadder(
            history: ["smb": SegmentCounts(renewed: 1, decided: 4)], scores: scores, calibration: fit)
        let renewal = try #require(ladder.probability(state: .running, score: 65, segment: "smb"))
        #expect(renewal.label == "calibrated, n = 42")
        #expect(abs(renewal.probability - fit.probability(score: 0.5, dimensions: [])) < 1e-14)
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
        #expect(abs(fitted.probability - onDimensions.probability(score: 0.5, dimensions: [0.5, -0.5, 0])) < 1e-14)
    }
}
