import Foundation
import HaleDomain
import Testing

@Suite struct `The shifted beta-geometric model` {
    /// Fader and Hardie's table of the segment "Regular", and the parameters that they publish.
    @Test func `is fitted as published`() throws {
        let fit = try #require(ShiftedBetaGeometricFit(alive: [1000, 631, 468, 382, 326, 289, 262, 241]))
        #expect(abs(fit.model.alpha - 0.704) < 0.002)
        #expect(abs(fit.model.beta - 1.182) < 0.002)
    }

    @Test func `takes cohorts together period by period`() throws {
        let cohorts = [[400, 300, 250, 220], [600, 450, 360]]
        let periods: [ShiftedBetaGeometricFit.Period] = [
            .init(renewed: 750, lost: 250), .init(renewed: 610, lost: 140), .init(renewed: 220, lost: 30),
        ]
        let together = try #require(ShiftedBetaGeometricFit(periods))
        // The likelihood of the cohorts under the model that was found adds up to that of the fit.
        let parts = cohorts.map { alive in
            var sum = 0.0
            for index in 1..<alive.count {
                let kept = together.model.retention(at: index)
                sum += Double(alive[index]) * log(kept)
                sum += Double(alive[index - 1] - alive[index]) * log(1 - kept)
            }
            return sum
        }
        #expect(abs(parts.reduce(0, +) - together.logLikelihood) < 1e-9)
    }

    @Test(arguments: [[100, 100, 100], [100, 0], [100, 50, 25, 12, 6], [1_000_000, 999_999]])
    func `keeps its parameters within bounds where history says too little`(alive: [Int]) throws {
        let fit = try #require(ShiftedBetaGeometricFit(alive: alive))
        for parameter in [fit.model.alpha, fit.model.beta] { #expect((0.999e-3...1.001e4).contains(parameter)) }
        #expect(fit.logLikelihood.isFinite)
    }

    @Test func `needs somebody who was asked`() {
        #expect(ShiftedBetaGeometricFit(alive: []) == nil)
        #expect(ShiftedBetaGeometricFit(alive: [100]) == nil)
        #expect(ShiftedBetaGeometricFit(alive: [0, 0]) == nil)
    }

    @Test func `keeps better those who stayed longer`() {
        let model = ShiftedBetaGeometric(alpha: 0.7, beta: 1.2)
        let retention = (1...30).map { model.retention(at: $0) }
        #expect(retention == retention.sorted())
        let lifetimes = (0...10).map { model.residualLifetime(renewalsMade: $0, discount: 0.1) }
        #expect(lifetimes == lifetimes.sorted())
    }
}
