/// Points and weights that turn an expectation over a standard normal variable into a sum, exact for polynomials of a
/// degree below twice their number.
struct GaussHermite: Sendable {
    /// The points, ascending.
    let nodes: [Double]
    /// What each counts; together 1.
    let weights: [Double]

    /// The roots of the Hermite polynomial of a degree, and weights by Christoffel's formula.
    init(nodes count: Int) {
        var positive: [Double] = []
        // All roots lie within this bound, and those of the degrees in use further apart than the step.
        let bound = (Double(4 * count + 2)).squareRoot()
        let step = 0.01
        var left = step / 2
        while left < bound {
            if Self.polynomials(count, at: left).last * Self.polynomials(count, at: left + step).last < 0 {
                positive.append(Self.root(count, between: left, and: left + step))
            }
            left += step
        }
        nodes = positive.reversed().map { -$0 } + (count % 2 == 1 ? [0] : []) + positive
        weights = nodes.map { node in
            let before = Self.polynomials(count, at: node).before
            return 1 / (Double(count) * before * before)
        }
    }

    private static func root(_ degree: Int, between low: Double, and high: Double) -> Double {
        var (low, high) = (low, high)
        let isRising = polynomials(degree, at: high).last > 0
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return middle }
            if (polynomials(degree, at: middle).last > 0) == isRising { high = middle } else { low = middle }
        }
    }

    /// The orthonormal polynomials of a degree, at least 1, and of the one below it.
    private static func polynomials(_ degree: Int, at x: Double) -> (last: Double, before: Double) {
        var (before, last) = (1.0, x)
        for index in 1..<max(1, degree) {
            let next = (x * last - Double(index).squareRoot() * before) / Double(index + 1).squareRoot()
            (before, last) = (last, next)
        }
        return (last, before)
    }
}
