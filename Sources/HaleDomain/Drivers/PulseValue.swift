extension Pulse {
    /// The driver's value in 0...1, with full reliability; nil once the pulse is too old to count.
    package func x(model: HealthModel) -> Double? {
        let parameters = model.sentiment
        guard (0...parameters.validDays).contains(ageDays) else { return nil }
        return Real.clamp(Double(value - parameters.worst) / Double(parameters.best - parameters.worst))
    }
}
