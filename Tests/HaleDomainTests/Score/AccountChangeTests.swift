import HaleDomain
import Testing

@Suite struct `The lines of a change` {
    private static func breakdown(_ readings: [DriverReading], model: HealthModel = .default) -> ScoreBreakdown {
        let composition = Composition(readings, model: model)
        return ScoreBreakdown(
            score: composition.score, baseline: composition.baseline, clip: composition.clip,
            drivers: HealthModel.default.kinds.map { kind in
                ScoreBreakdown.Driver(
                    name: kind.rawValue, reading: readings[kind.index], points: composition.points[kind.index],
                    text: "x is \(readings[kind.index].x.map { "\($0)" } ?? "unknown")")
            })
    }

    /// A model whose scores leave 0...100 often, so that something is cut off.
    private static func steepModel(using generator: inout SplitMix) -> HealthModel {
        var model = HealthModel.default
        model.composition.rescale = Double.random(in: 0...4, using: &generator)
        for index in model.drivers.indices {
            model.drivers[index].dimensionWeight = Double.random(in: 0.01...1, using: &generator)
        }
        return model
    }

    @Test func `sum to the difference of the scores, what is cut off included`() {
        var generator = SplitMix(seed: 41)
        var cut = 0
        for _ in 0..<500 {
            let model = Self.steepModel(using: &generator)
            let before = Self.breakdown(randomReadings(using: &generator), model: model)
            let after = Self.breakdown(randomReadings(using: &generator), model: model)
            let change = AccountChange(before: before, after: after, model: model)
            #expect(abs(change.total - (after.score - before.score)) < 1e-9)
            #expect(change.lines.allSatisfy { abs($0.configuration) < 1e-9 && $0.override == 0 })
            cut += change.lines.contains { $0.driver == AccountChange.clip } ? 1 : 0
        }
        #expect(cut > 20)
    }

    @Test func `sum to the difference of the scores of two models, and put the model down to configuration`() {
        var generator = SplitMix(seed: 42)
        for _ in 0..<500 {
            let old = Self.steepModel(using: &generator)
            let new = Self.steepModel(using: &generator)
            let readings = randomReadings(using: &generator)
            // The new model may read the same facts in another way.
            let reread = readings.map { DriverReading(x: $0.x.map { $0 * $0 }, c: $0.c, mu: $0.mu) }
            let before = Self.breakdown(readings, model: old)
            let restated = Self.breakdown(reread, model: new)
            let after = Self.breakdown(randomReadings(using: &generator), model: new)
            let change = AccountChange(before: before, restated: restated, after: after, model: new)
            #expect(abs(change.total - (after.score - before.score)) < 1e-9)
            let configuration = change.lines.reduce(0) { $0 + $1.configuration }
            #expect(abs(configuration - (restated.score - before.score)) < 1e-9)
            let unmoved = AccountChange(before: before, restated: restated, after: restated, model: new)
            #expect(unmoved.lines.allSatisfy { abs($0.signal) < 1e-9 && abs($0.data) < 1e-9 })
        }
    }

    @Test func `count the points of a driver that the new model does not have`() {
        var generator = SplitMix(seed: 43)
        let readings = randomReadings(using: &generator, missing: 0)
        let now = Self.breakdown(readings)
        let gone = ScoreBreakdown.Driver(
            name: "measure.logins", reading: DriverReading(x: 1, c: 1, mu: 0.5), points: 4, text: "")
        let before = ScoreBreakdown(
            score: now.score + 4, baseline: now.baseline, clip: now.clip, drivers: now.drivers + [gone])
        let change = AccountChange(before: before, restated: now, after: now, model: .default)
        #expect(change.lines.first?.driver == "measure.logins")
        #expect(change.lines.first?.configuration == -4)
        #expect(abs(change.total + 4) < 1e-9)
    }

    @Test func `come in order of size, say what was before, and show an override without points`() throws {
        var readings = HealthModel.default.kinds.map { _ in DriverReading(x: 0.5, c: 1, mu: 0.65) }
        let before = Self.breakdown(readings)
        readings[DriverKind.seats.index].x = 0.25
        readings[DriverKind.netPromoter.index].x = 0
        readings[DriverKind.billing.index] = .none(mu: 0.65)
        let change = AccountChange(
            before: before, after: Self.breakdown(readings), model: .default,
            override: "ana@example.com set amber")
        let sizes = change.lines.map { abs($0.total) }
        #expect(sizes == sizes.sorted(by: >))
        #expect(change.lines.first?.driver == DriverKind.netPromoter.rawValue)
        #expect(change.lines.first?.text == "x is 0.0; before: x is 0.5")
        let billing = try #require(change.lines.first { $0.driver == DriverKind.billing.rawValue })
        #expect(billing.signal == 0)
        #expect(billing.text == "x is unknown; known before: x is 0.5")
        let override = try #require(change.lines.first { $0.driver == AccountChange.override })
        #expect(override.total == 0)
        #expect(override.text == "ana@example.com set amber")
    }
}
