import HaleDomain
import Testing

extension DriverKind {
    /// Where the default model has the driver.
    var index: Int { HealthModel.default.position(of: self) ?? -1 }
}

/// Random readings in the order of the drivers.
func randomReadings(using generator: inout SplitMix, missing: Double = 0.25) -> [DriverReading] {
    HealthModel.default.drivers.map { _ in
        guard Double.random(in: 0...1, using: &generator) >= missing else { return .none(mu: 0.65) }
        return DriverReading(
            x: Double.random(in: 0...1, using: &generator), c: Double.random(in: 0...1, using: &generator), mu: 0.65)
    }
}

@Suite struct `A composed score` {
    @Test func `is the sum of its parts and stays within its bounds`() {
        var generator = SplitMix(seed: 1)
        for _ in 0..<500 {
            let missing = Double.random(in: 0...1, using: &generator)
            let composition = Composition(randomReadings(using: &generator, missing: missing), model: .default)
            let sum = composition.baseline + composition.points.reduce(0, +) + composition.clip
            #expect(abs(sum - composition.score) < 1e-9)
            #expect((0...100).contains(composition.score))
            #expect((0...(1 + 1e-12)).contains(composition.coverage))
            #expect(composition.low >= -1e-9 && composition.high <= 100 + 1e-9)
            #expect(abs(composition.high - composition.low - 100 * (1 - composition.coverage)) < 1e-9)
        }
    }

    @Test(arguments: HealthModel.default.drivers.map(\.kind))
    func `rises with the value of each driver`(kind: DriverKind) {
        var generator = SplitMix(seed: UInt64(kind.index + 10))
        for _ in 0..<50 {
            var readings = randomReadings(using: &generator)
            var scores: [Double] = []
            for step in 0...10 {
                readings[kind.index] = DriverReading(x: Double(step) / 10, c: 0.7, mu: 0.65)
                scores.append(Composition(readings, model: .default).score)
            }
            #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test(arguments: HealthModel.default.drivers.map(\.kind))
    func `is never better without a driver than with the best there can be of it`(kind: DriverKind) {
        var generator = SplitMix(seed: UInt64(kind.index + 30))
        for _ in 0..<200 {
            var readings = randomReadings(using: &generator, missing: Double.random(in: 0...1, using: &generator))
            readings[kind.index] = .none(mu: 0.65)
            let without = Composition(readings, model: .default).score
            readings[kind.index] = DriverReading(x: 1, c: Double.random(in: 0.01...1, using: &generator), mu: 0.65)
            #expect(Composition(readings, model: .default).score >= without - 1e-9)
        }
    }

    @Test func `knows nothing without data`() {
        let composition = Composition(HealthModel.default.drivers.map { _ in .none(mu: 0.65) }, model: .default)
        #expect(abs(composition.score - 65) < 1e-9)
        #expect(!composition.isScored(model: .default))
        #expect(composition.points.allSatisfy { $0 == 0 })
    }

    @Test func `has the first baseline of sixty-two with the first shares of promoters`() {
        var readings = HealthModel.default.drivers.map { _ in DriverReading.none(mu: 0.65) }
        readings[DriverKind.netPromoter.index].mu = HealthModel.default.netPromoter.defaultShares.value
        #expect(abs(Composition(readings, model: .default).baseline - 62) < 1e-9)
    }

    @Test func `shows what is cut off`() {
        var model = HealthModel.default
        model.composition.rescale = 1
        // Coverage .45, so points are doubled and more: 100 and beyond.
        let readings = HealthModel.default.drivers.map {
            $0.dimension == "usage" ? DriverReading(x: 1, c: 1, mu: 0.65) : .none(mu: 0.65)
        }
        let good = Composition(readings, model: model)
        #expect(abs(good.score - 100) < 1e-9)
        // Weights need not sum to one.
        for index in model.drivers.indices { model.drivers[index].weight *= 10 }
        #expect(abs(Composition(readings, model: model).score - good.score) < 1e-9)
        model.composition.rescale = 2
        let beyond = Composition(readings, model: model)
        #expect(beyond.score == 100)
        #expect(beyond.clip < -1)
    }
}

@Suite struct `A change of score` {
    @Test func `is split without a rest`() {
        var generator = SplitMix(seed: 2)
        for _ in 0..<500 {
            let before = randomReadings(using: &generator)
            let after = randomReadings(using: &generator)
            let change = ScoreChange(before: before, after: after, model: .default)
            let difference =
                Composition(after, model: .default).unclipped - Composition(before, model: .default).unclipped
            #expect(abs(change.total - difference) < 1e-9)
            #expect(change.drivers.allSatisfy { abs($0.configuration) < 1e-9 })
        }
    }

    @Test func `puts new weights and references down to configuration`() {
        var generator = SplitMix(seed: 3)
        var model = HealthModel.default
        for index in model.drivers.indices { model.drivers[index].weight = Double(index + 1) }
        for _ in 0..<200 {
            let before = randomReadings(using: &generator)
            let after = randomReadings(using: &generator).map { DriverReading(x: $0.x, c: $0.c, mu: 0.5) }
            let change = ScoreChange(before: before, beforeModel: .default, after: after, model: model)
            let difference = Composition(after, model: model).unclipped - Composition(before, model: .default).unclipped
            #expect(abs(change.total - difference) < 1e-9)
        }
        let same = randomReadings(using: &generator)
        let configured = ScoreChange(before: same, beforeModel: .default, after: same, model: model)
        #expect(configured.drivers.allSatisfy { $0.signal == 0 && abs($0.data) < 1e-9 })
    }

    @Test func `is all data when a driver appears`() {
        var readings = HealthModel.default.drivers.map { _ in DriverReading(x: 0.5, c: 1, mu: 0.65) }
        let after = readings
        readings[0] = .none(mu: 0.65)
        let change = ScoreChange(before: readings, after: after, model: .default)
        #expect(change.drivers[0].signal == 0)
        #expect(change.drivers[0].data < 0)
    }
}
