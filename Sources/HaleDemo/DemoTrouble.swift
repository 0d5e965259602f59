/// Something that goes wrong at a customer in the months before a renewal, and that the facts show; days are offsets from
/// the anchor.
struct DemoTrouble: Equatable {
    enum Cause: String, CaseIterable {
        /// People work with the product less and less.
        case usageFalls = "usage falls"
        /// Every champion has left.
        case championLeaves = "the champion leaves"
        /// The champions are there, and neither work with the product nor answer.
        case championSilent = "the champion falls silent"
        /// Who decides answers as a detractor, and others do too.
        case detractors = "detractors"
        /// Urgent tickets come one after the other, and stay open for weeks.
        case urgentTickets = "urgent tickets"
        /// Bills are not paid.
        case unpaidBills = "unpaid bills"
    }

    /// Days in which usage falls to its lowest.
    static let fallDays = 110
    /// Days in which usage comes back where the customer stayed.
    private static let recoveryDays = 75

    let cause: Cause
    let startsOn: Int
    /// The day on which it is over: the customer has left, or what was wrong was put right.
    var endsOn: Int
    /// Share of the usage that is lost at the lowest; 0 but for falling usage.
    let depth: Double

    func isGoingOn(_ day: Int) -> Bool { day >= startsOn && day < endsOn }

    /// What is left of the usage on a day.
    func usageLeft(on day: Int) -> Double {
        guard cause == .usageFalls, day >= startsOn else { return 1 }
        let fallen = min(1, Double(min(day, endsOn) - startsOn) / Double(Self.fallDays))
        let back = day < endsOn ? 0 : min(1, Double(day - endsOn) / Double(Self.recoveryDays))
        return 1 - depth * fallen * (1 - back)
    }

    /// Shares of promoters and detractors among the people who answer while it goes on.
    var responseShares: (promoters: Double, detractors: Double) {
        switch cause {
        case .detractors: (0.06, 0.68)
        case .usageFalls, .urgentTickets: (0.18, 0.45)
        case .championLeaves, .championSilent, .unpaidBills: (0.3, 0.3)
        }
    }
}
