public import HaleDomain
import Yams

/// Reads a model file. A key that is left out has its default; a key that is unknown is a problem.
public struct ModelReader {
    private static let keys = ["name", "when", "beside", "roll_up", "dimensions"] + ModelParameter.sections

    private let reader: StrictReader
    private var model = HealthModel()
    private var places: [String: Mark] = [:]

    private init(file: String) {
        reader = StrictReader(file: file)
    }

    /// The model of a file's text; throws everything that is wrong with it.
    public static func read(_ yaml: String, file: String) throws(ModelFailure) -> HealthModel {
        try reading(yaml, file: file).model
    }

    /// The model of a file's text, and where its expressions stand: `when`, and measures by their full names.
    static func reading(
        _ yaml: String, file: String
    ) throws(ModelFailure) -> (model: HealthModel, places: [String: Mark]) {
        var reading = ModelReader(file: file)
        if let root = reading.reader.root(of: yaml, "a model file") { reading.read(root) }
        guard reading.reader.problems.isEmpty else { throw ModelFailure(problems: reading.reader.problems) }
        return (reading.model, reading.places)
    }

    private mutating func read(_ root: Node) {
        let fields = reader.fields(root, known: Self.keys, required: ["name"], of: "a model")
        if let field = fields["name"], let name = reader.text(field, of: "name") {
            if name.wholeMatch(of: /[a-z][a-z0-9_-]{0,59}/) != nil {
                model.name = name
            } else {
                reader.note(.badValue, field.mark, "\"\(name)\" is no name: use small letters, digits, - and _")
            }
        }
        if let field = fields["when"] {
            if model.name == HealthModel.default.name {
                reader.note(
                    .badValue, field.key.mark, "the model default takes every account that is left: it has no when")
            }
            places["when"] = field.mark
            model.condition = reader.expression(field, of: "when", columns: ModelColumns.selection)
        }
        if let field = fields["beside"] { model.isBeside = reader.flag(field, of: "beside") ?? false }
        if let field = fields["roll_up"] {
            model.rollUp = reader.word(field, of: "roll_up", as: RollUp.self) ?? .none
        }
        if fields["when"] == nil, !model.isBeside, model.name != HealthModel.default.name, fields["name"] != nil {
            reader.note(
                .missingKey, root.mark,
                "only default applies to all accounts: say when \(model.name) applies, or that it is scored beside: true"
            )
        }
        if let field = fields["dimensions"] { readDimensions(field) }
        for section in ModelParameter.sections {
            if let field = fields[section] { readSection(section, field) }
        }
        checkEdges()
    }

    private mutating func readSection(_ section: String, _ field: Field) {
        let parameters = ModelParameter.all.filter { $0.section == section }
        let fields = reader.fields(field.value, known: parameters.map(\.key), of: section)
        for parameter in parameters {
            guard let entry = fields[parameter.key] else { continue }
            places[parameter.name] = entry.mark
            guard let value = value(entry, of: parameter) else { continue }
            parameter.set(value, in: &model)
        }
    }

    private func value(_ field: Field, of parameter: ModelParameter) -> ModelValue? {
        let range = parameter.range ?? 0...0
        switch parameter.value(in: model) {
        case .integer:
            return reader.integer(field, of: parameter.key, in: range, unit: parameter.unit).map(ModelValue.integer)
        case .number:
            return reader.number(field, of: parameter.key, in: range, unit: parameter.unit).map(ModelValue.number)
        case .band:
            let band = reader.word(field, of: parameter.key, as: Band.self)
            guard band != .unknown else {
                reader.note(.badValue, field.mark, "\(parameter.key) is red, amber or green; green caps nothing")
                return nil
            }
            return band.map(ModelValue.band)
        case .numbers(let usual):
            guard let list = field.value.sequence, list.count == usual.count else {
                reader.note(.badValue, field.mark, "\(parameter.key) needs a list of \(usual.count) shares here")
                return nil
            }
            let shares = list.compactMap {
                reader.number(Field(key: field.key, value: $0), of: parameter.key, in: range)
            }
            guard shares.count == usual.count else { return nil }
            guard abs(shares.reduce(0, +) - 1) < 1e-9 else {
                reader.note(.badValue, field.mark, "\(parameter.key) must sum to 1")
                return nil
            }
            return .numbers(shares)
        }
    }
}

// Weights and drivers.
extension ModelReader {
    private static let weightRange = 0.0...1e9

    private mutating func readDimensions(_ field: Field) {
        var drivers: [DriverSetting] = []
        for (dimension, entry) in reader.named(field.value, of: "dimensions") {
            let fields = reader.fields(
                entry.value, known: ["weight", "drivers"], required: ["weight", "drivers"], of: "dimension \(dimension)"
            )
            let weight =
                fields["weight"].flatMap { reader.number($0, of: "weight", in: Self.weightRange) } ?? 0
            guard let list = fields["drivers"] else { continue }
            let own = readDrivers(list, dimension: dimension, weight: weight)
            if weight > 0, !own.isEmpty, own.allSatisfy({ $0.weight == 0 }) {
                reader.note(
                    .weights, list.mark, "the weights in \(dimension) sum to zero, so its own weight is nobody's")
            }
            drivers += own
        }
        guard !drivers.isEmpty else { return }
        if drivers.allSatisfy({ $0.dimensionWeight == 0 }) {
            reader.note(.weights, field.mark, "the weights of the dimensions sum to zero: nothing would be scored")
        }
        model.drivers = drivers
    }

    private mutating func readDrivers(_ field: Field, dimension: String, weight: Double) -> [DriverSetting] {
        var drivers: [DriverSetting] = []
        for (name, entry) in reader.named(field.value, of: "drivers") {
            let driver = readDriver(
                entry,
                DriverSetting(
                    kind: .measure, dimension: dimension, name: name, dimensionWeight: weight, weight: 0))
            guard let driver else { continue }
            places[driver.fullName] = entry.key.mark
            if let expression = entry.value.mapping?["expression"] {
                places["\(driver.fullName) expression"] = expression.mark
            }
            drivers.append(driver)
        }
        return drivers
    }

    private func readDriver(_ entry: Field, _ blank: DriverSetting) -> DriverSetting? {
        var driver = blank
        let measureKeys = ["expression", "worst", "best"]
        let fields = reader.fields(
            entry.value, known: ["kind", "weight", "reference"] + measureKeys, required: ["weight"],
            of: "driver \(driver.fullName)")
        guard let kind = kind(fields["kind"], entry, name: driver.name) else { return nil }
        driver.kind = kind
        if let field = fields["weight"] {
            driver.weight = reader.number(field, of: "weight", in: Self.weightRange) ?? 0
        }
        if let field = fields["reference"] {
            if kind == .netPromoter {
                reader.note(
                    .badValue, field.key.mark, "nps is measured against the portfolio's responses: it has no reference")
            }
            driver.reference = reader.number(field, of: "reference", in: 0...1) ?? driver.reference
        }
        for key in measureKeys {
            guard kind == .measure else {
                if let field = fields[key] {
                    reader.note(.unknownKey, field.key.mark, "only a driver of kind measure has the key \(key)")
                }
                continue
            }
            if fields[key] == nil {
                reader.note(.missingKey, entry.mark, "a driver of kind measure needs the key \(key)")
            }
        }
        if kind == .measure { driver.measure = measure(fields) }
        return driver
    }

    private func kind(_ field: Field?, _ entry: Field, name: String) -> DriverKind? {
        let known = DriverKind.allCases.map(\.keyword)
        // A driver called like a kind is of that kind.
        let word = field?.value.scalar?.string ?? name
        guard let kind = DriverKind(keyword: word) else {
            reader.note(
                .badValue, field?.mark ?? entry.key.mark,
                field == nil
                    ? "driver \(name) needs a kind: one of \(known.joined(separator: ", "))"
                    : "there is no kind \"\(word)\": use one of \(known.joined(separator: ", "))")
            return nil
        }
        return kind
    }

    private func measure(_ fields: [String: Field]) -> MeasureSetting? {
        let figures = -1e15...1e15
        guard let expression = fields["expression"], let worst = fields["worst"], let best = fields["best"] else {
            return nil
        }
        let text = reader.expression(expression, of: "expression", columns: ModelColumns.measure)
        let low = reader.number(worst, of: "worst", in: figures)
        let high = reader.number(best, of: "best", in: figures)
        guard let text, let low, let high else { return nil }
        guard low != high else {
            reader.note(.badValue, best.mark, "worst and best are the same: nothing can be told apart")
            return nil
        }
        return MeasureSetting(expression: text, worst: low, best: high)
    }
}

// What has to fit together.
extension ModelReader {
    private func checkEdges() {
        checkDrivers()
        let bands = model.bands
        if bands.amberFrom >= bands.greenFrom {
            overlap(
                "bands.green_from", "bands.amber_from",
                "the bands overlap: amber begins at \(text("bands.amber_from")) and green at \(text("bands.green_from"))"
            )
        } else if 2 * bands.deadband > bands.greenFrom - bands.amberFrom {
            overlap(
                "bands.deadband", "bands.green_from",
                "the bands overlap: a deadband of \(text("bands.deadband")) on both edges leaves nothing of amber")
        }
        for flag in ["decline", "cliff", "rise"] { ordered("trend.\(flag)_off", "trend.\(flag)_on") }
        ordered("trend.dispersion_low", "trend.dispersion_high")
        ordered("trend.dispersion_low", "trend.dispersion_default")
        ordered("trend.dispersion_default", "trend.dispersion_high")
        ordered("nps.passive_score", "nps.promoter_score")
        ordered("recency.minimum_baseline_days", "recency.dormant_baseline_days")
        ordered("recency.dormant_baseline_days", "recency.baseline_days")
        ordered("recency.maximum_silence_days", "recency.lookback_days")
        ordered("trend.named_share_days", "recency.lookback_days")
        let trend = model.trend
        let read = trend.windowDays + max(trend.windowDays, 7 * trend.baselineWeeks, trend.fastWindowDays)
        if read > model.recency.lookbackDays {
            overlap(
                "recency.lookback_days", "trend.baseline_weeks",
                "the trend looks back \(read) days, more than the lookback_days of \(model.recency.lookbackDays)")
        }
        if model.sentiment.worst >= model.sentiment.best {
            overlap("sentiment.best", "sentiment.worst", "the worst sentiment must lie below the best")
        }
    }

    private func checkDrivers() {
        var seen: Set<DriverKind> = []
        for driver in model.drivers where driver.kind != .measure && !seen.insert(driver.kind).inserted {
            reader.note(
                .badValue, places[driver.fullName],
                "two drivers are of kind \(driver.kind.keyword): only measures may be several")
        }
    }

    /// A problem unless one constant is at most another.
    private func ordered(_ low: String, _ high: String) {
        func number(_ name: String) -> Double {
            switch ModelParameter.all.first(where: { $0.name == name })?.value(in: model) {
            case .number(let value): value
            case .integer(let value): Double(value)
            default: 0
            }
        }
        guard number(low) > number(high) else { return }
        overlap(high, low, "\(low) of \(text(low)) lies above the \(high) of \(text(high))")
    }

    private func overlap(_ name: String, _ other: String, _ message: String) {
        reader.note(.overlap, places[name] ?? places[other], message)
    }

    private func text(_ name: String) -> String {
        ModelParameter.all.first { $0.name == name }?.value(in: model).text ?? ""
    }
}
