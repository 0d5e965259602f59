/// Why one driver's part of the score changed between two days (mathematics §1.2).
package struct DriverChange: Sendable, Hashable {
    /// The driver's name, such as `usage.trend`.
    package let driver: String
    /// Points from a changed value.
    package let signal: Double
    /// Points from knowing more or less.
    package let data: Double
    /// Points from another weight or reference.
    package let configuration: Double
}

/// Why the score changed between two days (mathematics §1.2).
///
/// The sum of all parts of all drivers is the difference of the two scores before they are held within 0...100.
package struct ScoreChange: Sendable, Hashable {
    /// The parts of each driver: those of the later model in its order, then those that only the earlier one has.
    package let drivers: [DriverChange]

    /// Splits the change from one day's readings to another's.
    ///
    /// The earlier day is recomputed with the later day's weights and references; what that alone changes is
    /// configuration.
    package init(
        before: [DriverReading], beforeModel: HealthModel? = nil, after: [DriverReading], model: HealthModel
    ) {
        let oldModel = beforeModel ?? model
        let oldPositions = Self.positions(oldModel)
        // A driver that the earlier model does not have was not known then.
        let restated = zip(model.drivers, after).map { setting, later in
            guard let position = oldPositions[setting.fullName] else { return DriverReading.none(mu: later.mu) }
            return DriverReading(x: before[position].x, c: before[position].c, mu: later.mu)
        }
        let original = Composition(before, model: oldModel)
        let earlier = Composition(restated, model: model)
        let later = Composition(after, model: model)
        /// What a driver of the earlier model had added: its share of the baseline, and its points.
        func formerPoints(_ position: Int) -> Double {
            100 * oldModel.weights[position] / oldModel.totalWeight * before[position].mu + original.points[position]
        }
        var changes = model.drivers.indices.map { index in
            let weight = 100 * model.weights[index] / model.totalWeight
            let name = model.drivers[index].fullName
            return Self.change(
                of: name, weight: weight, from: restated[index], to: after[index],
                points: (earlier.points[index], later.points[index]), rescaling: (earlier.rescaling, later.rescaling),
                configuration: weight * restated[index].mu + earlier.points[index]
                    - (oldPositions[name].map(formerPoints) ?? 0))
        }
        let kept = Self.positions(model)
        for (position, setting) in oldModel.drivers.enumerated() where kept[setting.fullName] == nil {
            changes.append(
                DriverChange(
                    driver: setting.fullName, signal: 0, data: 0, configuration: -formerPoints(position)))
        }
        drivers = changes
    }

    private static func positions(_ model: HealthModel) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: model.drivers.enumerated().map { ($1.fullName, $0) })
    }

    private static func change(
        of name: String, weight: Double, from first: DriverReading, to second: DriverReading,
        points: (Double, Double), rescaling: (Double, Double), configuration: Double
    ) -> DriverChange {
        // A driver that appears or disappears did not change its value: all of it is data.
        guard let firstValue = first.x ?? second.x, let secondValue = second.x ?? first.x else {
            return DriverChange(driver: name, signal: 0, data: 0, configuration: configuration)
        }
        let meanRescaling = (rescaling.0 + rescaling.1) / 2
        let deviation = (firstValue + secondValue) / 2 - first.mu
        let unscaled = (points.0 / rescaling.0 + points.1 / rescaling.1) / 2
        return DriverChange(
            driver: name,
            signal: meanRescaling * weight * (first.c + second.c) / 2 * (secondValue - firstValue),
            data: meanRescaling * weight * deviation * (second.c - first.c)
                + (rescaling.1 - rescaling.0) * unscaled,
            configuration: configuration)
    }
}
