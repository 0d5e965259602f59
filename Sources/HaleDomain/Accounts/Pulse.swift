/// How a CSM reads an account (mathematics §1.5, surfaces §4).
public struct Pulse: Sendable, Hashable {
    /// From 1, bad, to 5, good.
    public var value: Int
    /// Days since it was so, 1 for yesterday.
    public var ageDays: Int

    /// The values there are.
    public static let values = 1...5
    /// Days for which a pulse counts.
    public static let validDays = 90

    /// How a CSM reads an account.
    public init(value: Int, ageDays: Int) {
        self.value = value
        self.ageDays = ageDays
    }
}
