import Foundation
import HaleDomain
import Testing

@Suite struct `A logistic regression` {
    private static func observations(_ count: Int, seed: UInt64) -> (features: [[Double]], outcomes: [Double]) {
        var generator = SplitMix(seed: seed)
        let features = (0..<count).map { _ in (0..<3).map { _ in Double.random(in: -2...2, using: &generator) } }
        let outcomes = features.map { row in
            Double.random(in: 0...1, using: &generator) < 1 / (1 + exp(-0.5 - row[0] + 0.5 * row[1])) ? 1.0 : 0.0
        }
        return (features, outcomes)
    }

    @Test func `is its prior under a great penalty`() throws {
        let (features, outcomes) = Self.observations(200, seed: 3)
        let fit = try #require(
            LogisticRegression(features: features, outcomes: outcomes, penalty: 1e9, prior: [0, 0.3, -0.2, 0.1]))
        for (found, prior) in zip(fit.coefficients.dropFirst(), [0.3, -0.2, 0.1]) { #expect(abs(found - prior) < 1e-5) }
    }

    @Test func `stands where no direction is better`() throws {
        let (features, outcomes) = Self.observations(200, seed: 4)
        let fit = try #require(LogisticRegression(features: features, outcomes: outcomes, penalty: 2))
        func loss(_ coefficients: [Double]) -> Double {
            zip(features, outcomes).reduce(0) { sum, pair in
                let z = zip(coefficients.dropFirst(), pair.0).reduce(coefficients[0]) { $0 + $1.0 * $1.1 }
                return sum + log(1 + exp(z)) - pair.1 * z
            } + coefficients.dropFirst().reduce(0) { $0 + $1 * $1 }
        }
        let best = loss(fit.coefficients)
        for index in fit.coefficients.indices {
            for step in [-1e-3, 1e-3] {
                var moved = fit.coefficients
                moved[index] += step
                #expect(loss(moved) > best)
            }
        }
    }

    @Test func `refuses nothing, and rows of which not all have an outcome`() {
        #expect(LogisticRegression(features: [], outcomes: [], penalty: 1) == nil)
        #expect(LogisticRegression(features: [[1], [2]], outcomes: [1], penalty: 1) == nil)
    }
}
