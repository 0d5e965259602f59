/// An account of the made-up company; days are offsets from the anchor.
struct DemoAccount {
    let number: Int
    let name: DemoAccountName
    let segment: DemoSegment
    let story: DemoStory
    let plan: DemoContractPlan
    let manager: DemoManager
    let createdOn: Int
    /// First day on which nobody works with the product any more.
    let lostOn: Int?
    /// How its renewals went so far, where they were left to chance.
    let life: DemoLife
    let seats: Int
    let contracts: [DemoContract]
    let people: [DemoPerson]
    let rhythm: DemoRhythm
    /// Whether rows of usage name a person.
    let namesPeople: Bool

    var id: String { Self.id(number) }

    /// `A-001` for 1.
    static func id(_ number: Int) -> String { "A-" + Self.padded(number, digits: 3) }

    /// A number with leading zeros.
    static func padded(_ number: Int, digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    /// The day on which the story begins to show.
    var storyStart: Int {
        switch story {
        case .usageCliff: -18 + number % 9
        case .slowDecline: -70
        case .growing: -100
        case .dormant: -70 - number % 60
        // From the beginning.
        case .lukewarm: createdOn
        case .steady, .championLeft, .championSilent, .detractorDecides, .billingOverdue, .urgentTickets,
            .noticeDespiteHealth, .fewPeopleForSeats, .onboarding, .unknown:
            -120
        }
    }

    /// People who are at the account on a day.
    func people(on day: Int) -> [DemoPerson] {
        people.filter { $0.isPresent(on: day) }
    }

    /// `established` and the like.
    var lifecycleStage: String {
        if lostOn != nil { return "churned" }
        return switch story {
        case .growing: "expanding"
        case .onboarding: createdOn > -45 ? "onboarding" : "adopting"
        default:
            switch createdOn {
            case (-60)...: "onboarding"
            case (-240)...: "adopting"
            default: "established"
            }
        }
    }
}
