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
    /// First day from which the person does not work with the product any more, though still there.
    let silentFrom: Int?
    /// Chance of working with the product on an ordinary working day.
    let activity: Double
    /// Positions of the features the person works with, the favourite first.
    let features: [Int]

    func isPresent(on day: Int) -> Bool {
        day >= joinedOn && day < leftOn ?? .max
    }

    /// Present, and not gone silent.
    func isReachable(on day: Int) -> Bool {
        isPresent(on: day) && day < silentFrom ?? .max
    }
}
