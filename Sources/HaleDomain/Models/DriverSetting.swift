/// One driver of a model: how it is read, where it stands and what it weighs.
package struct DriverSetting: Sendable, Hashable {
    /// How it is read.
    package var kind: DriverKind
    /// The group whose points its points are added to.
    package var dimension: String
    /// The driver's own name within the dimension.
    package var name: String
    /// Weight of the dimension; only its share of the sum over all dimensions counts.
    package var dimensionWeight: Double
    /// Weight within the dimension; only its share of the sum over the dimension's drivers counts.
    package var weight: Double
    /// Reference mu in 0...1: a value above it adds points, one below it takes points. Net promoter responses are
    /// measured against the portfolio instead.
    package var reference: Double
    /// What is measured; only of the kind `measure`.
    package var measure: MeasureSetting?

    /// One driver of a model.
    package init(
        kind: DriverKind, dimension: String, name: String, dimensionWeight: Double, weight: Double,
        reference: Double = 0.65, measure: MeasureSetting? = nil
    ) {
        self.kind = kind
        self.dimension = dimension
        self.name = name
        self.dimensionWeight = dimensionWeight
        self.weight = weight
        self.reference = reference
        self.measure = measure
    }

    /// The name under which the driver is stored and shown, such as `usage.trend`.
    package var fullName: String { "\(dimension).\(name)" }

    /// A driver of the default model.
    private init(_ kind: DriverKind, _ dimensionWeight: Double, _ weight: Double) {
        let parts = kind.rawValue.split(separator: ".").map(String.init)
        self.init(
            kind: kind, dimension: parts[0], name: parts[1], dimensionWeight: dimensionWeight, weight: weight,
            reference: kind.usualReference)
    }

    /// The weights of mathematics §1.1, each with the reference of its kind.
    package static let defaults: [DriverSetting] = [
        DriverSetting(.level, 0.45, 12),
        DriverSetting(.trend, 0.45, 9),
        DriverSetting(.seats, 0.45, 9),
        DriverSetting(.recency, 0.45, 9),
        DriverSetting(.breadth, 0.45, 6),
        DriverSetting(.netPromoter, 0.20, 1),
        DriverSetting(.champion, 0.10, 1),
        DriverSetting(.contract, 0.10, 1),
        DriverSetting(.support, 0.10, 1),
        DriverSetting(.billing, 0.05, 1),
    ]

    /// Weight a of each driver: its share of its dimension, times the dimension's weight.
    static func weights(of drivers: [DriverSetting]) -> [Double] {
        var sums: [String: Double] = [:]
        for driver in drivers { sums[driver.dimension, default: 0] += driver.weight }
        return drivers.map { driver in
            let sum = sums[driver.dimension] ?? 0
            return sum > 0 ? driver.dimensionWeight * driver.weight / sum : 0
        }
    }
}

/// A figure of one's own: an expression over the account's signals.
package struct MeasureSetting: Sendable, Hashable {
    /// SQL over the columns of `ModelColumns.measure`.
    package var expression: String
    /// The figure that is worth 0.
    package var worst: Double
    /// The figure that is worth 1; it may lie below the worst one.
    package var best: Double

    /// A figure of one's own.
    package init(expression: String, worst: Double, best: Double) {
        self.expression = expression
        self.worst = worst
        self.best = best
    }

    /// The driver's value of a figure: straight from the worst to the best, held within 0...1.
    package func value(of figure: Double) -> Double {
        Real.clamp((figure - worst) / (best - worst))
    }
}
