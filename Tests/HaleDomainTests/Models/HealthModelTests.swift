import HaleDomain
import Testing

@Suite struct `A health model` {
    @Test func `has weights that sum to one, and a driver of every kind but those of one's own`() {
        let model = HealthModel.default
        #expect(abs(model.totalWeight - 1) < 1e-12)
        #expect(model.drivers.map(\.kind) == DriverKind.allCases.filter { $0 != .sentiment && $0 != .measure })
        #expect(model.drivers.map(\.fullName) == model.drivers.map(\.kind.rawValue))
    }

    @Test func `weighs the drivers as the document does`() {
        let document = [0.12, 0.09, 0.09, 0.09, 0.06, 0.20, 0.10, 0.10, 0.10, 0.05]
        #expect(zip(HealthModel.default.weights, document).allSatisfy { abs($0 - $1) < 1e-15 })
        #expect(HealthModel.default.weights.count == document.count)
    }

    @Test func `weighs a driver by its share of its dimension`() {
        var model = HealthModel.default
        for index in 0..<5 { model.drivers[index].weight *= 7 }
        #expect(zip(model.weights, HealthModel.default.weights).allSatisfy { abs($0 - $1) < 1e-15 })
        model.drivers[0].weight = 0
        #expect(model.weights[0] == 0)
        #expect(abs(model.weights[1] - 0.45 * 9 / 33) < 1e-15)
        #expect(abs(model.totalWeight - 1) < 1e-12)
    }

    @Test func `is written with every property under a readable key`() {
        let text = HealthModel.default.text
        #expect(text.hasPrefix("name: default\nroll_up: none\ndimensions:\n  usage:\n    weight: 0.45\n"))
        #expect(text.contains("\n      trend: {kind: trend, weight: 9, reference: 0.65}\n"))
        #expect(text.contains("\ntrend:\n  window_days: 28\n"))
        #expect(text.contains("\n  prior_shares: [0.25, 0.5, 0.25]\n"))
        #expect(text.contains("\n  notice_given_cap: red\n"))
        #expect(text.hasSuffix("\n"))
        #expect(!text.contains("("), "a value was rendered as code")
    }

    @Test func `has a name, a unit and a range for every constant`() {
        // What the sections of the model hold, seen from outside: none that is added later can be left out of the files.
        var constants = 0
        for child in Mirror(reflecting: HealthModel.default).children {
            let others = ["name", "condition", "isBeside", "rollUp", "drivers", "_drivers", "weights", "kinds"]
            if others.contains(child.label ?? "") { continue }
            constants += Mirror(reflecting: child.value).children.count
        }
        #expect(constants == ModelParameter.all.count)
        #expect(Set(ModelParameter.all.map(\.name)).count == constants)
        for parameter in ModelParameter.all {
            var model = HealthModel.default
            let other: ModelValue =
                switch parameter.value(in: model) {
                case .integer(let value): .integer(value + 1)
                case .number(let value): .number(value + 0.5)
                case .numbers: .numbers([0.5, 0.25, 0.25])
                case .band(let band): .band(band == .red ? .amber : .red)
                }
            parameter.set(other, in: &model)
            #expect(parameter.value(in: model) == other, "\(parameter.name)")
            #expect(model.text != HealthModel.default.text, "\(parameter.name)")
            let others = ModelParameter.all.filter { $0.name != parameter.name }
            #expect(others.allSatisfy { $0.value(in: model) == $0.value(in: .default) }, "\(parameter.name)")
            if case .number(let value) = parameter.value(in: .default) {
                #expect(parameter.range?.contains(value) == true, "\(parameter.name)")
            }
        }
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
            { (model: inout HealthModel) in model.condition = "segment = 'enterprise'" },
            { (model: inout HealthModel) in model.isBeside = true },
            { (model: inout HealthModel) in model.rollUp = .mean },
            { (model: inout HealthModel) in
                model.drivers[8].kind = .measure
                model.drivers[8].measure = MeasureSetting(expression: "seats", worst: 0, best: 1)
            },
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
