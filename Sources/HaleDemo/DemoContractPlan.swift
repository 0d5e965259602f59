/// How the contracts of an account stand when the company is looked at; the roster is fixed.
///
/// - Window open, unsigned, ends within 60 days: A-002, 005, 006, 009, 010, 014, 021, 030, 040, 043, 053, 057, 060,
///   067, 073, 080, 086, 095, 097, 106, 116, 125, 143, 149, 166.
/// - Notice given: A-055, 134, 140, 167. Past due, undecided: A-017, 052, 099, 126, 161.
/// - Lapsed: A-033, 110, 150, 185. Signed early: A-004, 047, 081, 103, 117, 138, 176.
/// - Monthly: A-013, 016, 019, 022, 025, 028, 031, 034, 036, 042, 045, 051, 054, 056, 059, 062.
/// - Evergreen: A-024, 049, 068, 070, 071, 076, 077, 079.
/// - Several years: A-007, 026, 046, 063, 066, 083, 087, 100, 120, 123, 127, 135, 146, 158, 164, 172, 180, 186,
///   192, 200.
/// - No contract: A-090, 131. Starts in the future: A-154, 177.
/// - Recently started: the accounts with the story onboarding.
/// - Annual: all others, two in five of them signed by hand for each term.
enum DemoContractPlan: Equatable {
    case annualByItself
    case annualByHand
    case severalYears
    case monthly
    case evergreen
    case noticeGiven
    case windowOpen
    case pastDue
    case lapsed
    case signedEarly
    case recentlyStarted
    case startsInFuture
    case none

    private static let roster: [(plan: DemoContractPlan, accounts: [Int])] = [
        (
            .windowOpen,
            [
                2, 5, 6, 9, 10, 14, 21, 30, 40, 43, 53, 57, 60, 67, 73, 80, 86, 95, 97, 106, 116, 125, 143, 149, 166,
            ]
        ),
        (.noticeGiven, [55, 134, 140, 167]),
        (.pastDue, [17, 52, 99, 126, 161]),
        (.lapsed, [33, 110, 150, 185]),
        (.signedEarly, [4, 47, 81, 103, 117, 138, 176]),
        (.monthly, [13, 16, 19, 22, 25, 28, 31, 34, 36, 42, 45, 51, 54, 56, 59, 62]),
        (.evergreen, [24, 49, 68, 70, 71, 76, 77, 79]),
        (
            .severalYears,
            [7, 26, 46, 63, 66, 83, 87, 100, 120, 123, 127, 135, 146, 158, 164, 172, 180, 186, 192, 200]
        ),
        (.none, [90, 131]),
        (.startsInFuture, [154, 177]),
    ]

    private static let byAccount: [Int: DemoContractPlan] = {
        var plans: [Int: DemoContractPlan] = [:]
        for entry in roster { for number in entry.accounts { plans[number] = entry.plan } }
        return plans
    }()

    /// The plan of an account with a story.
    init(account number: Int, story: DemoStory) {
        if story == .onboarding {
            self = .recentlyStarted
        } else if let plan = Self.byAccount[number] {
            self = plan
        } else {
            self = number % 5 < 2 ? .annualByHand : .annualByItself
        }
    }

    /// Accounts with a second, live product.
    static let withLiveAddOn: Set<Int> = [1, 20, 46, 60, 84, 100, 106, 123, 143, 160, 166, 180, 186, 200]
    /// Accounts that let their second product go.
    static let withLostAddOn: Set<Int> = [7, 69, 98, 118, 152]
}
