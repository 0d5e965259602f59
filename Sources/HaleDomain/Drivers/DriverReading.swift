/// What one driver says about an account on a day (mathematics §1.1).
public struct DriverReading: Sendable, Hashable {
    /// Value in 0...1, 1 being good; nil if there is none.
    public var x: Double?
    /// Reliability in 0...1; 0 is no data.
    public var c: Double
    /// Reference in 0...1.
    public var mu: Double

    /// A reading; without a value its reliability is 0.
    public init(x: Double?, c: Double, mu: Double) {
        self.x = x
        self.c = x == nil ? 0 : c
        self.mu = mu
    }

    /// No data: no value and a reliability of 0.
    public static func none(mu: Double) -> DriverReading {
        DriverReading(x: nil, c: 0, mu: mu)
    }
}
