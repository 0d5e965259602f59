/// Why one driver's part of the score changed between two days (mathematics §1.2).
public struct DriverChange: Sendable, Hashable {
    /// The driver.
    public let driver: DriverKind
    /// Points from a changed value.
    public let signal: Double
    /// Points from knowing more or less.
    public let data: Double
    /// Points from another weight or reference.
    public let configuration: Double
}

/// Why the score changed between two days (mathematics §1.2).
///
/// The sum of all parts of all drivers is the difference of the two scores before they are held within 0...100.
public struct ScoreChange: Sendable, Hashable {
    /// The parts of each driver, in the order of `DriverKind.allCases`.
    public let drivers: [DriverChange]

    /// Sum of all parts: the later score less the earlier one, before clipping.
    public var total: Double {
        drivers.reduce(0) { $0 + $1.signal + $1.data + $1.configuration }
    }

    /// Splits the change from one day's readings to another's.
    ///
    /// The earlier day is recomputed with the later day's weights and references; what that alone changes is
    /// configuration.
    public init(
        before: [DriverReading], beforeModel: HealthModel? = nil, after: [DriverReading], model: HealthModel = .default
    ) {
        let restated = zip(before, after).map { DriverReading(x: $0.x, c: $0.c, mu: $1.mu) }
        let original = Composition(before, model: beforeModel ?? model)
        let earlier = Composition(restated, model: model)
        let later = Composition(after, model: model)
        let meanRescaling = (earlier.rescaling + later.rescaling) / 2
        let moreRescaling = later.rescaling - earlier.rescaling
        let oldModel = beforeModel ?? model
        drivers = DriverKind.allCases.map { kind in
            let index = kind.index
            let weight = 100 * model.drivers[index].weight / model.totalWeight
            let oldWeight = 100 * oldModel.drivers[index].weight / oldModel.totalWeight
            let configuration =
                weight * restated[index].mu - oldWeight * before[index].mu + earlier.points[index]
                - original.points[index]
            let first = restated[index]
            let second = after[index]
            // A driver that appears or disappears did not change its value: all of it is data.
            guard let firstValue = first.x ?? second.x, let secondValue = second.x ?? first.x else {
                return DriverChange(driver: kind, signal: 0, data: 0, configuration: configuration)
            }
            let deviation = (firstValue + secondValue) / 2 - first.mu
            let unscaled = (earlier.points[index] / earlier.rescaling + later.points[index] / later.rescaling) / 2
            return DriverChange(
                driver: kind,
                signal: meanRescaling * weight * (first.c + second.c) / 2 * (secondValue - firstValue),
                data: meanRescaling * weight * deviation * (second.c - first.c) + moreRescaling * unscaled,
                configuration: configuration)
        }
    }
}
