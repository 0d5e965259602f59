import HaleDomain
import Testing

/// A model that is made at random: weights, references, constants within their ranges, and measures.
func randomModel(using generator: inout SplitMix) -> HealthModel {
    var model = HealthModel.default
    var drivers = model.drivers
    drivers.append(
        DriverSetting(kind: .sentiment, dimension: "relationship", name: "csm", dimensionWeight: 0, weight: 1))
    for index in 0..<Int.random(in: 0...3, using: &generator) {
        drivers.append(
            DriverSetting(
                kind: .measure, dimension: "adoption", name: "m\(index)", dimensionWeight: 1, weight: 1,
                measure: MeasureSetting(
                    expression: "seats", worst: Double.random(in: -9...9, using: &generator),
                    best: Double.random(in: 10...20, using: &generator))))
    }
    drivers.sort { $0.dimension < $1.dimension }
    var dimensionWeights: [String: Double] = [:]
    for index in drivers.indices {
        let dimension = drivers[index].dimension
        let weight = dimensionWeights[dimension] ?? Double.random(in: 0.01...3, using: &generator)
        dimensionWeights[dimension] = weight
        drivers[index].dimensionWeight = weight
        drivers[index].weight = Double.random(in: 0.01...50, using: &generator)
        drivers[index].reference = Double.random(in: 0...1, using: &generator)
    }
    model.drivers = drivers
    model.composition.rescale = Double.random(in: 0...1, using: &generator)
    model.composition.minimumCoverage = Double.random(in: 0.01...1, using: &generator)
    return model
}

@Suite struct `A model of one's own` {
    private func readings(_ model: HealthModel, using generator: inout SplitMix) -> [DriverReading] {
        model.drivers.map { driver in
            Double.random(in: 0...1, using: &generator) < 0.3
                ? .none(mu: driver.reference)
                : DriverReading(
                    x: Double.random(in: 0...1, using: &generator), c: Double.random(in: 0...1, using: &generator),
                    mu: driver.reference)
        }
    }

    @Test func `has points that sum to the score, which stays within 0 and 100`() {
        var generator = SplitMix(seed: 11)
        for _ in 0..<500 {
            let model = randomModel(using: &generator)
            let composition = Composition(readings(model, using: &generator), model: model)
            #expect((0...100).contains(composition.score))
            let sum = composition.baseline + composition.points.reduce(0, +) + composition.clip
            #expect(abs(sum - composition.score) < 1e-9)
            #expect(composition.points.count == model.drivers.count)
        }
    }

    @Test func `has a score that rises with every value`() {
        var generator = SplitMix(seed: 12)
        for _ in 0..<200 {
            let model = randomModel(using: &generator)
            var readings = readings(model, using: &generator)
            let index = Int.random(in: 0..<readings.count, using: &generator)
            var last = -1.0
            for step in 0...10 {
                readings[index] = DriverReading(x: Double(step) / 10, c: 0.6, mu: readings[index].mu)
                let score = Composition(readings, model: model).score
                #expect(score >= last - 1e-12, "\(model.drivers[index].fullName)")
                last = score
            }
        }
    }

    @Test func `splits a change from one model to another without a rest`() {
        var generator = SplitMix(seed: 13)
        for _ in 0..<300 {
            let (old, new) = (randomModel(using: &generator), randomModel(using: &generator))
            let (before, after) = (readings(old, using: &generator), readings(new, using: &generator))
            let change = ScoreChange(before: before, beforeModel: old, after: after, model: new)
            let difference =
                Composition(after, model: new).unclipped - Composition(before, model: old).unclipped
            #expect(abs(change.total - difference) < 1e-9)
            #expect(Set(change.drivers.map(\.driver)).isSuperset(of: old.drivers.map(\.fullName)))
        }
    }

    @Test(arguments: [
        (1, 0, 0.0 as Double?), (3, 30, 0.5), (5, 90, 1), (5, 91, nil), (4, 0, 0.75), (5, -1, nil),
    ])
    func `takes what the CSM feels for as long as it is valid`(value: Int, age: Int, x: Double?) {
        #expect(Pulse(value: value, ageDays: age).x(model: .default) == x)
    }

    @Test(arguments: [(0.0, 10.0, 2.5, 0.25), (0, 10, 12, 1), (0, 10, -3, 0), (10, 0, 2.5, 0.75), (-4, -2, -3, 0.5)])
    func `maps a measure straight from its worst to its best`(worst: Double, best: Double, figure: Double, x: Double) {
        let value = MeasureSetting(expression: "seats", worst: worst, best: best).value(of: figure)
        #expect(abs(value - x) < 1e-12)
    }

    @Test func `reads the CSM's feeling and its measures in the order of its drivers`() {
        var model = HealthModel.default
        func measure(_ name: String) -> DriverSetting {
            DriverSetting(
                kind: .measure, dimension: "adoption", name: name, dimensionWeight: 1, weight: 1,
                measure: MeasureSetting(expression: "seats", worst: 0, best: 10))
        }
        model.drivers = [
            measure("first"), measure("second_one"),
            DriverSetting(kind: .sentiment, dimension: "sentiment", name: "csm", dimensionWeight: 1, weight: 1),
            measure("third"),
        ]
        var features = AccountFeatures(accountKey: 1, accountID: "a")
        features.measures = [5, nil, 2.5]
        features.pulse = Pulse(value: 4, ageDays: 1)
        let score = AccountScoring.score(
            features, portfolio: PortfolioFigures(model: .default), model: model, calendar: BusinessCalendar(),
            asOf: Day(daysSince2000: 9_557), previous: nil)
        #expect(score.readings.map(\.x) == [0.5, nil, 0.75, 0.25])
        #expect(score.readings.map(\.c) == [1, 0, 1, 1])
        #expect(
            score.texts == [
                "first is 5, between 0 (worst) and 10 (best)", "second one is not known",
                "the CSM's pulse is 4 of 5, 1 day old", "third is 2.5, between 0 (worst) and 10 (best)",
            ])
        features.pulse?.ageDays = 91
        let later = AccountScoring.score(
            features, portfolio: PortfolioFigures(model: .default), model: model, calendar: BusinessCalendar(),
            asOf: Day(daysSince2000: 9_557), previous: nil)
        #expect(later.texts[2] == "the CSM's pulse is 91 days old and no longer counts")
    }
}
