/// Seats in use of the seats bought (mathematics §1.5).
package struct SeatUtilisation: Sendable, Hashable {
    /// People active in 28 days over seats bought; above 1 is a signal of expansion.
    package let utilisation: Double
    /// Value in 0...1.
    package let x: Double
    /// Reliability in 0...1.
    package let c: Double

    /// Reads the seats of an account; nil without bought seats.
    package static func read(
        activePeople: Int, seatsBought: Int?, model: HealthModel
    ) -> SeatUtilisation? {
        guard let seatsBought, seatsBought > 0 else { return nil }
        let bought = Double(seatsBought)
        let utilisation = Double(activePeople) / bought
        return SeatUtilisation(
            utilisation: utilisation, x: Real.clamp(utilisation / model.seats.target),
            c: bought / (bought + model.seats.priorSeats))
    }
}
