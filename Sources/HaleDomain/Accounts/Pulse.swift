/// How a CSM reads an account (mathematics §1.5, surfaces §4).
package struct Pulse: Sendable, Hashable {
    /// From 1, bad, to 5, good.
    package var value: Int
    /// Days since it was so, 1 for yesterday.
    package var ageDays: Int

    /// The values there are.
    package static let values = 1...5

    /// How a CSM reads an account.
    package init(value: Int, ageDays: Int) {
        self.value = value
        self.ageDays = ageDays
    }
}
