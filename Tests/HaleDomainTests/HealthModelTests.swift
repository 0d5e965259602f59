import HaleDomain
import Testing

@Suite struct `A health model` {
    @Test func `has weights that sum to one, one per driver and in their order`() {
        let model = HealthModel.default
        #expect(abs(model.totalWeight - 1) < 1e-12)
        #expect(model.drivers.map(\.driver) == DriverKind.allCases)
        #expect(DriverKind.allCases.map(\.index) == Array(0..<DriverKind.allCases.count))
    }

    @Test(arguments: [
        (Dimension.usage, 0.45), (.sentiment, 0.20), (.relationship, 0.10), (.contract, 0.10), (.support, 0.10),
        (.billing, 0.05),
    ])
    func `gives each dimension its weight`(dimension: Dimension, weight: Double) {
        let sum = HealthModel.default.drivers.filter { $0.driver.dimension == dimension }.reduce(0) { $0 + $1.weight }
        #expect(abs(sum - weight) < 1e-12)
    }

    @Test func `is written with every property under a readable key`() {
        let text = HealthModel.default.text
        #expect(text.hasPrefix("name: default\ndrivers:\n  - {driver: usage.trend, dimension: usage, weight: 0.135,"))
        #expect(text.contains("\ntrend:\n  window_days: 28\n"))
        #expect(text.contains("\n  prior_shares: [0.25, 0.5, 0.25]\n"))
        #expect(text.contains("\n  notice_given_cap: red\n"))
        #expect(text.hasSuffix("\n"))
        #expect(!text.contains("("), "a value was rendered as code")
    }

    @Test(
        arguments: [
            { (model: inout HealthModel) in model.name = "onboarding" },
            { (model: inout HealthModel) in model.drivers[4].weight = 0.21 },
            { (model: inout HealthModel) in model.drivers[0].reference = 0.6 },
            { (model: inout HealthModel) in model.trend.slope = 0.73 },
            { (model: inout HealthModel) in model.netPromoter.priorShares = [0.5, 0.25, 0.25] },
            { (model: inout HealthModel) in model.bands.deadband = 4 },
            { (model: inout HealthModel) in model.exceptions.cliffCap = .red },
        ] as [@Sendable (inout HealthModel) -> Void])
    func `is written differently when any property differs`(change: @Sendable (inout HealthModel) -> Void) {
        var model = HealthModel.default
        change(&model)
        #expect(model.text != HealthModel.default.text)
    }

    @Test func `quotes a name that is not a plain word`() {
        var model = HealthModel.default
        model.name = "it's: new"
        #expect(model.text.hasPrefix("name: 'it''s: new'\n"))
    }
}
