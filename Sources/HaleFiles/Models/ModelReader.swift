package import HaleDomain
package import Yams

/// Reads a model file. A key that is left out has its default; a key that is unknown is a problem.
package struct ModelReader {
    private static let keys =
        ["name", "when", "beside", "roll_up", "leaves_out", "dimensions"] + ModelParameter.sections

    let reader: StrictReader
    var model: HealthModel
    /// Where expressions, drivers and constants stand, by name.
    package var places: [String: Mark] = [:]
    /// The kinds of drivers that the file leaves out on purpose.
    var leftOut: Set<DriverKind> = []

    private init(file: String, base: HealthModel) {
        reader = StrictReader(file: file, of: .model)
        model = base
    }

    /// The model of a file's text; throws everything that is wrong with it.
    /// - Parameter base: What a file means that names nothing.
    package static func read(
        _ yaml: String, file: String, base: HealthModel = HealthModel()
    ) throws(FileFailure) -> HealthModel {
        try reading(yaml, file: file, base: base).model
    }

    /// The model of a file's text, and where its expressions stand: `when`, and measures by their full names.
    /// - Parameter isComplete: Whether a file that names drivers of the default model must speak of all of them, as one that
    ///   somebody writes today must. A text that was kept may be of a time when there were others.
    static func reading(
        _ yaml: String, file: String, base: HealthModel = HealthModel(), isComplete: Bool = false
    ) throws(FileFailure) -> (model: HealthModel, places: [String: Mark]) {
        var reading = ModelReader(file: file, base: base)
        try reading.reader.read(yaml, as: "a model file") { root in
            reading.read(root)
            if isComplete { reading.checkCompleteness() }
        }
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
        if let field = fields["dimensions"] {
            places["dimensions"] = field.key.mark
            readDimensions(field)
        }
        if let field = fields["leaves_out"] { readLeftOut(field) }
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
