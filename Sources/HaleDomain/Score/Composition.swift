/// A health score with its breakdown (mathematics §1.1). `baseline` + the points + `clip` = `score`.
package struct Composition: Sendable, Hashable {
    /// H, the score in 0...100.
    package let score: Double
    /// H0, the score of an account of which nothing is known.
    package let baseline: Double
    /// Points of each driver after rescaling, in the order of the model's drivers.
    package let points: [Double]
    /// What was cut off to stay within 0...100.
    package let clip: Double
    /// K, the weighted share of the drivers that is known, in 0...1.
    package let coverage: Double
    /// B, the factor that makes up for what is unknown.
    package let rescaling: Double
    /// The score if everything unknown were as bad as can be.
    package let low: Double
    /// The score if everything unknown were as good as can be.
    package let high: Double

    /// True if enough is known for a score.
    package func isScored(model: HealthModel) -> Bool {
        coverage >= model.composition.minimumCoverage
    }

    /// Composes the score from one reading per driver, in the order of the model's drivers.
    package init(_ readings: [DriverReading], model: HealthModel) {
        let totalWeight = model.totalWeight
        var baseline = 0.0
        var coverage = 0.0
        var low = 0.0
        var points: [Double] = []
        points.reserveCapacity(readings.count)
        for (reading, share) in zip(readings, model.weights) {
            let weight = 100 * share / totalWeight
            let reliability = reading.x == nil ? 0 : reading.c
            let x = reading.x ?? reading.mu
            baseline += weight * reading.mu
            coverage += share / totalWeight * reliability
            low += weight * reliability * x
            points.append(weight * reliability * (x - reading.mu))
        }
        let rescaling = Self.rescaling(coverage: coverage, parameters: model.composition)
        for index in points.indices { points[index] *= rescaling }
        let sum = baseline + points.reduce(0, +)
        score = Real.clamp(sum, 0, 100)
        clip = score - sum
        self.baseline = baseline
        self.points = points
        self.coverage = coverage
        self.rescaling = rescaling
        self.low = low
        high = low + 100 * (1 - coverage)
    }

    /// B(K) = 1 + gamma (1 - K) / max(K, minimum coverage), and 1 where nothing is known.
    static func rescaling(coverage: Double, parameters: CompositionParameters) -> Double {
        guard coverage > 0 else { return 1 }
        return 1 + parameters.rescale * (1 - coverage) / max(coverage, parameters.minimumCoverage)
    }
}
