package import HaleDomain
package import HaleStore

/// Why nothing is done with a day.
package enum DayRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// A day that has not come yet.
    case notReached(Day, today: Day)
    /// A day that cannot be taken back, since it was never scored.
    case neverScored(Day)
    /// A day on top of which a later one was scored that has not come yet.
    case laterFirst(Day, later: Day)

    /// The code that stands in front of the message, for searching.
    package var code: String {
        switch self {
        case .notReached: "HALE-DAY-001"
        case .neverScored: "HALE-DAY-002"
        case .laterFirst: "HALE-DAY-003"
        }
    }

    /// One line: what, and what to do.
    package var description: String {
        switch self {
        case .notReached(let day, let today):
            "\(code): \(day) is after today, \(today) in the organisation's time zone: give a day up to today"
        case .neverScored(let day): "\(code): \(day) was never scored, so there is nothing to take back"
        case .laterFirst(let day, let later):
            "\(code): \(later), which has not come yet, was scored on top of \(day): "
                + "run hale score --forget \(later) first"
        }
    }
}

extension AccountStore {
    /// Refuses a day after today in the organisation's time zone; a day that is not given is none.
    package func requireReached(_ day: Day?) async throws {
        guard let day else { return }
        let today = try await today()
        guard day <= today else { throw DayRefusal.notReached(day, today: today) }
    }
}
