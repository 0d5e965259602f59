package import HaleDomain
package import HaleFiles
package import HaleStore

/// What the rules were worth: how often they fired, what people did about it and said of it, and who was lost.
package struct RuleLedger: Sendable {
    /// Days that it looks back when nobody says.
    package static let days = VerdictGuard.days

    package let from: Day
    package let to: Day
    /// The last day on which a loss was looked for.
    package let lossesUntil: Day
    /// Accounts that were really lost after the first of the days.
    package let lost: Int
    /// The rules in force, and those that are in no file any more and fired; the most alerts first.
    package let entries: [RuleLedgerEntry]

    /// The ledger of the alerts that fired in a range of days, with losses up to a later one.
    package static func of(
        _ library: RuleLibrary, from first: Day, to last: Day, lossesUntil: Day, _ database: Database
    ) async throws -> RuleLedger {
        let rules = try await library.load(database).rules.map(\.rule.name)
        let (fired, lost) = try await database.withConnection { connection in
            let store = AlertStore(connection)
            return (
                try await store.ledger(from: first, to: last, lossesUntil: lossesUntil),
                try await store.losses(from: first + 1, to: lossesUntil).count
            )
        }
        let known = Set(fired.map(\.rule))
        let silent = rules.filter { !known.contains($0) }.map(RuleLedgerEntry.init)
        return RuleLedger(
            from: first, to: last, lossesUntil: lossesUntil, lost: lost,
            entries: (fired + silent).sorted { ($1.fired, $0.rule) < ($0.fired, $1.rule) })
    }
}
