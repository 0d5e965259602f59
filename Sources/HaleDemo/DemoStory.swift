/// What is happening at an account of the made-up company when it is looked at.
///
/// The roster is fixed, so that the same accounts tell the same stories whatever the seed:
///
/// | story | accounts |
/// | --- | --- |
/// | usage cliff in the last three weeks | A-003, A-041, A-087, A-129 |
/// | slow decline over ten weeks | A-006, A-012, A-029, A-052, A-063, A-095, A-118, A-134, A-155, A-178 |
/// | growing | A-001, 009, 020, 027, 046, 058, 066, 072, 084, 101, 115, 143, 160, 175, 191 |
/// | dormant | A-035, A-110, A-167 |
/// | champion left | A-015, A-060, A-104, A-189 |
/// | champion silent | A-044, A-123, A-172 |
/// | decision maker is a detractor | A-023, A-078, A-147 |
/// | billing overdue | A-018, A-050, A-092, A-114, A-136, A-181 |
/// | several urgent tickets open | A-026, A-069, A-107, A-183 |
/// | healthy, yet notice was given | A-055, A-140 |
/// | far fewer people than seats | A-032, A-075, A-098, A-120, A-152, A-195 |
/// | onboarding, younger than 90 days | A-008, A-037, A-061, A-089, A-111, A-141, A-163, A-198 |
/// | no usage and no responses at all | A-048, A-130, A-187 |
/// | lukewarm: few people, few features, mixed answers | four in ten of the others |
/// | steady | all others |
///
/// A story is what happens today. What went wrong before earlier renewals, and who left over it, is `DemoLife`'s.
enum DemoStory: Equatable {
    case steady
    case lukewarm
    case usageCliff
    case slowDecline
    case growing
    case dormant
    case championLeft
    case championSilent
    case detractorDecides
    case billingOverdue
    case urgentTickets
    case noticeDespiteHealth
    case fewPeopleForSeats
    case onboarding
    case unknown

    private static let roster: [(story: DemoStory, accounts: [Int])] = [
        (.usageCliff, [3, 41, 87, 129]),
        (.slowDecline, [6, 12, 29, 52, 63, 95, 118, 134, 155, 178]),
        (.growing, [1, 9, 20, 27, 46, 58, 66, 72, 84, 101, 115, 143, 160, 175, 191]),
        (.dormant, [35, 110, 167]),
        (.championLeft, [15, 60, 104, 189]),
        (.championSilent, [44, 123, 172]),
        (.detractorDecides, [23, 78, 147]),
        (.billingOverdue, [18, 50, 92, 114, 136, 181]),
        (.urgentTickets, [26, 69, 107, 183]),
        (.noticeDespiteHealth, [55, 140]),
        (.fewPeopleForSeats, [32, 75, 98, 120, 152, 195]),
        (.onboarding, [8, 37, 61, 89, 111, 141, 163, 198]),
        (.unknown, [48, 130, 187]),
    ]

    private static let byAccount: [Int: DemoStory] = {
        var stories: [Int: DemoStory] = [:]
        for entry in roster { for number in entry.accounts { stories[number] = entry.story } }
        return stories
    }()

    /// The story of an account.
    init(account number: Int) {
        self = Self.byAccount[number] ?? (number * 29 % 97 % 10 < 4 ? .lukewarm : .steady)
    }

    /// Whether nothing of note happens today: the past of these customers is left to chance.
    var isOrdinary: Bool { self == .steady || self == .lukewarm }

    /// Shares of promoters and detractors among the people who answer.
    var responseShares: (promoters: Double, detractors: Double) {
        switch self {
        case .growing, .onboarding: (0.62, 0.06)
        case .steady, .noticeDespiteHealth, .championLeft, .billingOverdue: (0.48, 0.17)
        case .championSilent, .fewPeopleForSeats, .detractorDecides, .urgentTickets: (0.3, 0.32)
        case .lukewarm: (0.22, 0.38)
        case .usageCliff, .slowDecline: (0.06, 0.68)
        case .dormant: (0.12, 0.58)
        case .unknown: (0, 0)
        }
    }
}
