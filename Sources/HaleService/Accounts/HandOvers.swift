package import HaleDomain
package import HaleStore
import Postgres

/// Gives accounts to other CSMs, for good or for an absence, with a note on each.
package struct HandOvers: Sendable {
    /// Which accounts.
    package enum Selection: Sendable, Equatable {
        /// Those with these ids.
        case accounts([String])
        /// Those whose own CSM somebody is.
        case all(of: String)
    }

    /// What came of it.
    package struct Outcome: Sendable {
        package let handOver: HandOver
        /// E-mail of who looks after the accounts now.
        package let csm: String
        package let accounts: [HandOverStore.Account]
        /// What that CSM has to do with them, on the first day of a cover, else today.
        package let workload: CSMWorkload?
        /// Whom the absent CSM covers for in these days: those accounts stay where they are.
        package let absences: [CSMAbsence]
    }

    /// Why nothing is handed over.
    package enum Refusal: CodedError, Equatable {
        /// A CSM without accounts.
        case noAccounts(of: String)
        /// A CSM to whom the own accounts would go.
        case sameCSM(String)

        package var code: String {
            switch self {
            case .noAccounts: "HALE-CLI-042"
            case .sameCSM: "HALE-CLI-043"
            }
        }

        package var message: String {
            switch self {
            case .noAccounts(let csm): "\(csm) is nobody's CSM: there is nothing to hand over"
            case .sameCSM(let csm): "\(csm) has these accounts already: name another CSM with --to"
            }
        }
    }

    private let database: Database

    /// Hand-overs kept in a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Gives accounts to a CSM: for good, or where there is a last day, for the days up to it.
    package func give(
        _ selection: Selection, to csm: String, from: Day?, until: Day?, note: String?, by person: String?,
        isDryRun: Bool = false
    ) async throws -> Outcome {
        try await database.withConnection { connection in
            try await connection.transaction(isDryRun: isDryRun) { connection in
                let today = try await AccountStore(connection).today()
                let handOver = try HandOver(from: from, until: until, today: today)
                let store = HandOverStore(connection)
                let accounts = try await Self.accounts(selection, to: csm, handOver, store)
                let given = try await store.give(accounts, to: csm, handOver, note: note, by: person)
                let known = Set(given.map(\.accountID))
                if let unknown = accounts.first(where: { !known.contains($0) }) {
                    throw StoreError.unknownAccount(unknown)
                }
                let csms = CSMStore(connection)
                let first = handOver.firstDay ?? today
                return Outcome(
                    handOver: handOver, csm: csm, accounts: given,
                    workload: try await csms.workload(asOf: first, csms: [csm]).first,
                    absences: try await Self.absences(selection, handOver, csms))
            }
        }
    }

    private static func accounts(
        _ selection: Selection, to csm: String, _ handOver: HandOver, _ store: HandOverStore
    ) async throws -> [String] {
        switch selection {
        case .accounts(let accounts): return accounts
        case .all(let absent):
            guard absent != csm || handOver != .lasting else { throw Refusal.sameCSM(csm) }
            let accounts = try await store.accounts(of: absent)
            guard !accounts.isEmpty else { throw Refusal.noAccounts(of: absent) }
            return accounts
        }
    }

    /// Whom an absent CSM covers for in the days of the own absence: those accounts stay where they are.
    private static func absences(
        _ selection: Selection, _ handOver: HandOver, _ csms: CSMStore
    ) async throws -> [CSMAbsence] {
        guard case .all(let absent) = selection, case .cover(let from, let until) = handOver else { return [] }
        return try await csms.absences(from: from, csm: absent).filter {
            $0.covering == absent && $0.days.overlaps(from...until)
        }
    }
}

extension HandOver {
    /// The first day of a cover.
    var firstDay: Day? {
        guard case .cover(let from, _) = self else { return nil }
        return from
    }
}
