package import HaleDomain
package import HaleStore

/// Why nothing is done with a day.
package enum DayRefusal: CodedError, Equatable {
    /// A day that has not come yet.
    case notReached(Day, today: Day)
    /// A day that cannot be taken back, since it was never scored.
    case neverScored(Day)
    /// A day on top of which a later one was scored that has not come yet.
    case laterFirst(Day, later: Day)

    package var code: String {
        switch self {
        case .notReached: "HALE-DAY-001"
        case .neverScored: "HALE-DAY-002"
        case .laterFirst: "HALE-DAY-003"
        }
    }

    package var message: String {
        switch self {
        case .notReached(let day, let today):
            "\(day) is after today, \(today) in the organisation's time zone: give a day up to today"
        case .neverScored(let day): "\(day) was never scored, so there is nothing to take back"
        case .laterFirst(let day, let later):
            "\(later), which has not come yet, was scored on top of \(day): "
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
