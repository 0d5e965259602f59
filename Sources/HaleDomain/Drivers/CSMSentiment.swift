/// How a CSM feels about an account, as said last.
public struct CSMSentiment: Sendable, Hashable {
    /// From 1, bad, to 5, good.
    public var value: Int
    /// Whole days since it was said.
    public var ageDays: Int

    /// How a CSM feels about an account.
    public init(value: Int, ageDays: Int) {
        self.value = value
        self.ageDays = ageDays
    }

    /// The driver's value in 0...1, with full reliability; nil once it is too old to count.
    public func x(model: HealthModel = .default) -> Double? {
        let parameters = model.sentiment
        guard (0...parameters.validDays).contains(ageDays) else { return nil }
        return Real.clamp(Double(value - parameters.worst) / Double(parameters.best - parameters.worst))
    }
}
