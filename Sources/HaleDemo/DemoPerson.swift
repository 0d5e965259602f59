/// A person of an account; days are offsets from the anchor.
struct DemoPerson {
    /// What the person is to the account; the raw value is the import's word.
    enum Role: String {
        case economicBuyer = "economic_buyer"
        case champion
        case admin
        case user
    }

    let id: String
    let name: String
    let email: String
    let role: Role
    /// First day at the account.
    let joinedOn: Int
    /// First day after leaving it.
    let leftOn: Int?
    /// Days on which the person, though still there, neither works with the product nor answers.
    let silentDays: Range<Int>?
    /// Chance of working with the product on an ordinary working day.
    let activity: Double
    /// Positions of the features the person works with, the favourite first.
    let features: [Int]

    func isPresent(on day: Int) -> Bool {
        day >= joinedOn && day < leftOn ?? .max
    }

    /// Present, and not silent.
    func isReachable(on day: Int) -> Bool {
        isPresent(on: day) && !(silentDays?.contains(day) ?? false)
    }
}
