import Foundation
import HaleDomain
import Testing

@Suite struct `The beta-discrete-Weibull model` {
    /// Survivors of 1,000 after each year: Fader and Hardie's segments "High End" and "Regular".
    static let highEnd = [1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394]
    static let regular = [1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173]

    /// By SciPy 1's minimiser of Nelder and Mead on the same likelihood, from several starts.
    @Test(arguments: [
        (highEnd, 4, [0.259_336, 1.722_551, 1.584_362], -1222.749_318),
        (highEnd, 7, [0.214_253, 1.426_575, 1.723_565], -1605.314_213),
        (regular, 4, [0.523_029, 0.894_283, 1.196_399], -1401.383_052),
        (regular, 7, [0.455_614, 0.779_325, 1.283_451], -1679.602_833),
    ])
    func `is fitted as by another program`(table: [Int], years: Int, parameters: [Double], likelihood: Double) throws {
        let alive = table.prefix(years + 1)
        let periods = zip(alive, alive.dropFirst()).map {
            ShiftedBetaGeometricFit.Period(renewed: $0.1, lost: $0.0 - $0.1)
        }
        let start = try #require(ShiftedBetaGeometricFit(periods))
        let fit = try #require(BetaDiscreteWeibullFit(periods, around: start.model))
        #expect(abs(fit.logLikelihood - likelihood) < 1e-5)
        for (found, expected) in zip([fit.model.alpha, fit.model.beta, fit.model.shape], parameters) {
            #expect(abs(found / expected - 1) < 0.01)
        }
        #expect(fit.logLikelihood >= start.logLikelihood)
    }

    /// B(alpha, beta + t^shape) / B(alpha, beta) by SciPy's logarithm of the beta function.
    @Test(arguments: [
        (0.26, 1.72, 1.58, [0.868_686_87, 0.741_553_35, 0.654_515_76, 0.592_737_07], 12, 0.388_881_1),
        (50, 300, 0.7, [0.857_142_86, 0.778_662_54, 0.717_477_65, 0.666_456_27], 12, 0.418_341_85),
    ])
    func `is the ratio of two beta functions`(
        alpha: Double, beta: Double, shape: Double, first: [Double], periods: Int, last: Double
    ) {
        let survival = BetaDiscreteWeibull(alpha: alpha, beta: beta, shape: shape).survival(periods: periods)
        for (found, expected) in zip(survival, first) { #expect(abs(found - expected) < 1e-7) }
        #expect(abs(survival[periods - 1] - last) < 1e-7)
    }

    @Test func `with a shape of 1 is the shifted beta-geometric model`() {
        let plain = ShiftedBetaGeometric(alpha: 0.7, beta: 1.2)
        for shape in [1, 1 + 1e-9] {
            let model = BetaDiscreteWeibull(alpha: 0.7, beta: 1.2, shape: shape)
            for (left, right) in zip(model.survival(periods: 30), plain.survival(periods: 30)) {
                #expect(abs(left - right) < 1e-8)
            }
            let (left, right) = (
                model.residualLifetime(renewalsMade: 2, discount: 0.1),
                plain.residualLifetime(renewalsMade: 2, discount: 0.1)
            )
            #expect(abs(left - right) < 1e-6)
        }
        #expect(BetaDiscreteWeibull(plain) == BetaDiscreteWeibull(alpha: 0.7, beta: 1.2, shape: 1))
    }

    /// Sums of 2,500 terms by NumPy.
    @Test func `discounts what customers still bring`() {
        let model = BetaDiscreteWeibull(alpha: 0.26, beta: 1.72, shape: 1.58)
        #expect(abs(model.residualLifetime(renewalsMade: 0, discount: 0.1) - 5.492_218_358) < 1e-6)
        #expect(abs(model.residualLifetime(renewalsMade: 3, discount: 0.1) - 6.931_343_477) < 1e-6)
        // Extreme parameters stay finite however long the series is.
        for (alpha, beta, shape) in [(1e4, 1e-3, 5), (1e-3, 1e4, 0.2), (1e4, 1e4, 5), (1e-3, 1e-3, 5)] {
            let years = BetaDiscreteWeibull(alpha: alpha, beta: beta, shape: shape)
                .residualLifetime(renewalsMade: 0, discount: 0.1)
            #expect((0...11.01).contains(years), "\(alpha) \(beta) \(shape): \(years)")
        }
    }

    @Test(arguments: [[100, 100, 100, 100], [100, 0], [100, 50, 25, 12, 6], [1_000_000, 999_999]])
    func `stays within its bounds where history says too little`(alive: [Int]) throws {
        let periods = zip(alive, alive.dropFirst()).map {
            ShiftedBetaGeometricFit.Period(renewed: $0.1, lost: $0.0 - $0.1)
        }
        let start = try #require(ShiftedBetaGeometricFit(periods))
        let fit = try #require(BetaDiscreteWeibullFit(periods, around: start.model))
        #expect(fit.logLikelihood.isFinite && (0.199...5.001).contains(fit.model.shape))
        for parameter in [fit.model.alpha, fit.model.beta] { #expect((0.999e-3...1.001e4).contains(parameter)) }
        #expect(BetaDiscreteWeibullFit([], around: start.model) == nil)
    }
}
