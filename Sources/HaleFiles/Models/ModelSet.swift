package import HaleDomain
import Yams

/// The models in force: each account is scored by the first whose condition it meets, by the last one otherwise.
/// Models beside them are scored as well, and decide nothing.
package struct ModelSet: Sendable, Equatable {
    /// The models that claim accounts, in the order in which they are asked; the last one takes what is left.
    package let primary: [HealthModel]
    /// The models that are scored beside.
    package let beside: [HealthModel]
    /// Where expressions stand in the files of the models, by the model's name and the expression's.
    private var places: [String: String] = [:]

    /// One model for all accounts.
    package init(_ model: HealthModel) {
        primary = [model]
        beside = []
    }

    /// Models in the order in which they are asked; the last one takes what is left, and the default model where all are
    /// beside.
    package init(_ models: [HealthModel]) {
        let claiming = models.filter { !$0.isBeside }
        primary = claiming.isEmpty ? [.default] : claiming
        beside = models.filter(\.isBeside)
    }

    /// The models of files, in the order in which they are asked; the last one takes what is left.
    package init(files: [ModelFile]) {
        self.init(files.map(\.model))
        for file in files { note(file) }
    }

    private mutating func note(_ file: ModelFile) {
        for (name, mark) in file.places { places["\(file.model.name) \(name)"] = "\(file.file):\(mark.line)" }
    }

    /// The same models with that of a file: in the place of the model of its name, else asked before the others.
    package func replacing(with file: ModelFile) -> ModelSet {
        var set = replacing(with: file.model)
        set.places = places.filter { !$0.key.hasPrefix("\(file.model.name) ") }
        set.note(file)
        return set
    }

    /// Where an expression of a model stands, for messages: `when`, or a measure by its full name.
    package func place(of expression: String, in model: HealthModel) -> String {
        let key = expression == "when" ? expression : "\(expression) expression"
        return places["\(model.name) \(key)"].map { "\($0): \(expression)" } ?? "model \(model.name): \(expression)"
    }

    /// The same models with another one: in the place of the model of its name, else asked before the others.
    package func replacing(with model: HealthModel) -> ModelSet {
        var models = primary + beside
        if let index = models.firstIndex(where: { $0.name == model.name }) {
            models[index] = model
        } else {
            models.insert(model, at: 0)
        }
        return ModelSet(models)
    }

    /// The model of every account that no other claims.
    package var fallback: HealthModel { primary[primary.count - 1] }
}
