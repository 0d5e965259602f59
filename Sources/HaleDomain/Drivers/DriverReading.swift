/// What one driver says about an account on a day (mathematics §1.1).
package struct DriverReading: Sendable, Hashable {
    /// Value in 0...1, 1 being good; nil if there is none.
    package var x: Double?
    /// Reliability in 0...1; 0 is no data.
    package var c: Double
    /// Reference in 0...1.
    package var mu: Double

    /// A reading; without a value its reliability is 0.
    package init(x: Double?, c: Double, mu: Double) {
        self.x = x
        self.c = x == nil ? 0 : c
        self.mu = mu
    }

    /// No data: no value and a reliability of 0.
    package static func none(mu: Double) -> DriverReading {
        DriverReading(x: nil, c: 0, mu: mu)
    }
}
