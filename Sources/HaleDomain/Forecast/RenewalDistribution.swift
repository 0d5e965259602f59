/// The distribution of the ARR that is renewed when renewals go one way together more often than chance would have it
/// (mathematics §3): exact on a grid, without random numbers.
///
/// Given a common factor z, a renewal of probability p has the probability Φ((Φ⁻¹(p) + √ρ z) / √(1-ρ)) and all of them
/// are independent (Vasicek). Given z the distribution is built up renewal by renewal; Gauss-Hermite points take the
/// expectation over z, eight of them side by side in a vector.
package struct RenewalDistribution: Sendable {
    package struct Renewal: Sendable, Hashable {
        /// P(renewed).
        package var probability: Double
        /// ARR, at least 0 [any unit, that of the grid].
        package var amount: Double

        package init(probability: Double, amount: Double) {
            self.probability = probability
            self.amount = amount
        }
    }

    /// Probability of each multiple of the grid, from 0.
    package let mass: [Double]
    /// Width of a step.
    package let grid: Double
    /// Expected renewed ARR, which the correlation does not change.
    package let mean: Double
    /// Sum of the amounts that can be renewed.
    package let book: Double

    /// Builds the distribution.
    /// - Parameters:
    ///   - grid: Width of a step, above 0; an amount between two steps is split so that its mean is exact.
    ///   - correlation: ρ, from 0 to below 1.
    ///   - nodes: Points over the common factor.
    package init(_ renewals: [Renewal], grid: Double, correlation: Double = 0.05, nodes: Int = 21) {
        self.grid = grid
        mean = renewals.reduce(0) { $0 + $1.probability * $1.amount }
        book = renewals.reduce(0) { $0 + ($1.probability > 0 ? $1.amount : 0) }
        let amounts = renewals.map { GridAmount($0.amount / grid) }
        let factor = CommonFactor(correlation: correlation, nodes: nodes)
        var mass = Array(repeating: 0.0, count: 1 + amounts.reduce(0) { $0 + $1.reach })
        for block in factor.blocks {
            let part = Self.build(amounts, probabilities: renewals.map { block.probabilities($0.probability) })
            for index in mass.indices { mass[index] += (part[index] * block.weights).sum() }
        }
        self.mass = mass
    }

    /// The step between two points of the grid that is best for a total: at least a unit, and 4,000 of them at most.
    package static func grid(total: Double, unit: Double = 1, steps: Double = 4_000) -> Double {
        max(unit, total / steps)
    }

    private static let smallestMass = 1e-18

    /// Standard deviation of the renewed ARR on the grid.
    package var deviation: Double {
        let (first, second) = mass.enumerated().reduce((0.0, 0.0)) { sums, cell in
            let value = Double(cell.offset) * grid
            return (sums.0 + cell.element * value, sums.1 + cell.element * value * value)
        }
        return max(0, second - first * first).squareRoot()
    }

    /// The least multiple of the grid that is not exceeded with a probability of `share` or more.
    package func quantile(_ share: Double) -> Double {
        var sum = 0.0
        for (index, probability) in mass.enumerated() {
            sum += probability
            if sum >= share - 1e-12 { return Double(index) * grid }
        }
        return Double(mass.count - 1) * grid
    }

    /// The quantile that is shown: splitting amounts can put it above all there is.
    package func shownQuantile(_ share: Double) -> Double { min(quantile(share), book) }

    /// Adds one renewal after the other to the distributions of a block; flat buffers, worked from the top down so that
    /// each place is read before it is written.
    ///
    /// Of many renewals the sum is nearly certain, so only the places with any mass are worked on: 9,000 renewals of a
    /// month take 60 ms instead of 200. What is left out is below 1e-18 a place, which no sum of doubles can show.
    private static func build(_ amounts: [GridAmount], probabilities: [SIMD8<Double>]) -> [SIMD8<Double>] {
        var mass = Array(repeating: SIMD8<Double>.zero, count: 1 + amounts.reduce(0) { $0 + $1.reach })
        mass[0] = SIMD8(repeating: 1)
        let nothing = SIMD8(repeating: Self.smallestMass)
        var (first, top) = (0, 0)
        for (amount, renewed) in zip(amounts, probabilities) where amount.reach > 0 {
            let lost = 1 - renewed
            let (low, high) = (renewed * (1 - amount.fraction), renewed * amount.fraction)
            top += amount.reach
            let steps = amount.steps
            let joint = first + steps
            for index in stride(from: top, to: joint, by: -1) {
                mass[index] = mass[index] * lost + mass[index - steps] * low + mass[index - steps - 1] * high
            }
            mass[joint] = mass[joint] * lost + mass[first] * low
            for index in first..<joint { mass[index] *= lost }
            while first < top, all(mass[first] .< nothing) {
                mass[first] = .zero
                first += 1
            }
            while top > first, all(mass[top] .< nothing) {
                mass[top] = .zero
                top -= 1
            }
        }
        return mass
    }
}

/// An amount in steps of the grid: `steps` of them, and a fraction of one more.
private struct GridAmount {
    let steps: Int
    let fraction: Double
    /// Steps that it can add.
    let reach: Int

    init(_ amount: Double) {
        // What is a whole number but for rounding is one.
        let whole = (amount + 1e-12).rounded(.down)
        let rest = max(0, amount - whole)
        steps = Int(whole)
        fraction = rest > 1e-9 ? rest : 0
        reach = steps + (fraction > 0 ? 1 : 0)
    }
}

/// The points over what all renewals have in common.
private struct CommonFactor {
    /// Eight points.
    struct Block {
        let points: SIMD8<Double>
        let weights: SIMD8<Double>
        let correlation: Double

        /// The probability of a renewal at each point.
        func probabilities(_ probability: Double) -> SIMD8<Double> {
            guard correlation > 0 else { return SIMD8(repeating: probability) }
            let quantile = NormalDistribution.quantile(Real.clamp(probability, 1e-9, 1 - 1e-9))
            let moved = (quantile + correlation.squareRoot() * points) / (1 - correlation).squareRoot()
            var result = SIMD8<Double>.zero
            for lane in result.indices { result[lane] = NormalDistribution.cumulative(moved[lane]) }
            return result
        }
    }

    let blocks: [Block]

    init(correlation: Double, nodes: Int) {
        let rule = correlation > 0 ? GaussHermite(nodes: nodes) : GaussHermite(nodes: 1)
        blocks = stride(from: 0, to: rule.nodes.count, by: 8).map { start in
            var (points, weights) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
            for lane in 0..<min(8, rule.nodes.count - start) {
                points[lane] = rule.nodes[start + lane]
                weights[lane] = rule.weights[start + lane]
            }
            return Block(points: points, weights: weights, correlation: correlation)
        }
    }
}
