/// How the renewals of an ordinary customer went so far: what went wrong before each, and whether it was the last.
struct DemoLife {
    /// A renewal that was left to chance.
    struct Renewal: Equatable {
        /// The day on which the customer stays or leaves.
        let day: Int
        let troubles: [DemoTrouble]
        let hazard: Double
        let isLost: Bool
    }

    /// Troubles need that many days of facts before a renewal to show; earlier renewals all went well.
    static let factDays = 240
    /// Share of the customers whose contracts renew by themselves that look at them in the middle of a term.
    private static let earlyShare = 0.1
    private static let earlyDays = 122

    private(set) var renewals: [Renewal] = []
    /// Position of the renewal date up to which the customer stayed, and the day of leaving; nil for a customer of today.
    private(set) var loss: (position: Int, day: Int)?

    /// The life of a customer in whose past nothing is left to chance.
    static let quiet = DemoLife()

    private init() {}

    /// Goes through past renewal dates, oldest first.
    /// - Parameters:
    ///   - mayStopEarly: Whether the customer may leave in the middle of a term.
    ///   - hasChampion: Whether there is a champion to lose.
    init(
        renewalDates: [Int], mayStopEarly: Bool, isLukewarm: Bool, hasChampion: Bool, calendar: DemoCalendar,
        random: inout DemoRandom
    ) {
        var causes = DemoTrouble.Cause.allCases.filter {
            hasChampion || $0 != .championLeaves && $0 != .championSilent
        }
        for (position, date) in renewalDates.enumerated() {
            let day = mayStopEarly && random.chance(Self.earlyShare) ? date - Self.earlyDays : date
            guard day < 0, day >= Self.factDays - calendar.usageDays else { continue }
            var troubles = causes.compactMap { cause in
                random.chance(DemoHazard.frequency(of: cause)) ? Self.trouble(cause, before: day, &random) : nil
            }
            // A champion who has left is not silent as well, and leaves once.
            if troubles.contains(where: { $0.cause == .championLeaves }) {
                troubles.removeAll { $0.cause == .championSilent }
            }
            if troubles.contains(where: { $0.cause == .championLeaves || $0.cause == .championSilent }) {
                causes.removeAll { $0 == .championLeaves || $0 == .championSilent }
            }
            let hazard = DemoHazard(troubles: troubles, isLukewarm: isLukewarm).probability
            let isLost = random.chance(hazard)
            if !isLost {
                for place in troubles.indices { troubles[place].endsOn += random.integer(5...60) }
            }
            renewals.append(Renewal(day: day, troubles: troubles, hazard: hazard, isLost: isLost))
            if isLost {
                loss = (position, day)
                return
            }
        }
    }

    /// All that went wrong, in order.
    var troubles: [DemoTrouble] { renewals.flatMap(\.troubles) }

    private static func trouble(
        _ cause: DemoTrouble.Cause, before day: Int, _ random: inout DemoRandom
    ) -> DemoTrouble {
        let lead: ClosedRange<Int> =
            switch cause {
            case .usageFalls: 170...230
            case .championLeaves, .championSilent: 130...220
            case .detractors: 130...210
            case .urgentTickets: 130...200
            case .unpaidBills: 150...220
            }
        return DemoTrouble(
            cause: cause, startsOn: day - random.integer(lead), endsOn: day,
            depth: cause == .usageFalls ? random.real(0.4...0.95) : 0)
    }
}
