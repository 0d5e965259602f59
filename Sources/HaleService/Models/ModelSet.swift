public import HaleDomain

/// The models in force: each account is scored by the first whose condition it meets, by the last one otherwise.
/// Models beside them are scored as well, and decide nothing.
public struct ModelSet: Sendable, Equatable {
    /// The models that claim accounts, in the order in which they are asked; the last one takes what is left.
    public let primary: [HealthModel]
    /// The models that are scored beside.
    public let beside: [HealthModel]

    /// One model for all accounts.
    public init(_ model: HealthModel = .default) {
        primary = [model]
        beside = []
    }

    /// Models in the order in which they are asked; the last one takes what is left.
    public init(_ models: [HealthModel]) {
        primary = models.filter { !$0.isBeside }
        beside = models.filter(\.isBeside)
    }

    /// The same models with another one: in the place of the model of its name, else asked before the others.
    public func replacing(with model: HealthModel) -> ModelSet {
        var models = primary + beside
        if let index = models.firstIndex(where: { $0.name == model.name }) {
            models[index] = model
        } else {
            models.insert(model, at: 0)
        }
        return ModelSet(models)
    }

    /// The model of every account that no other claims.
    public var fallback: HealthModel { primary.last ?? .default }
}
