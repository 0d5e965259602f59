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
    init(_ models: [HealthModel]) {
        primary = models.filter { !$0.isBeside }
        beside = models.filter(\.isBeside)
    }

    /// The model of every account that no other claims.
    public var fallback: HealthModel { primary.last ?? .default }
}
