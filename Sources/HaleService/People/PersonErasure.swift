import HaleDomain
package import HaleStore
import Postgres

/// Erases a person: name, e-mail, id and comments, wherever they are kept.
package struct PersonErasure: Sendable {
    /// What came of it.
    package struct Outcome: Sendable {
        /// The account's id.
        package let account: String
        /// The id that the person had.
        package let person: String
        /// What was erased.
        package let counts: PersonStore.Counts
    }

    /// Why nobody is erased.
    package enum Refusal: CodedError, Equatable {
        /// Nobody has that id or address.
        case unknown(String, account: String?)
        /// Several people have it.
        case ambiguous(String, people: [String])

        /// How many of them are named.
        private static let shownPeople = 3

        package var code: String {
            switch self {
            case .unknown: "HALE-PEOPLE-001"
            case .ambiguous: "HALE-PEOPLE-002"
            }
        }

        package var message: String {
            switch self {
            case .unknown(let person, let account):
                "person \"\(person)\" is not known\(account.map { " in account \"\($0)\"" } ?? "")"
            case .ambiguous(let person, let people):
                "\"\(person)\" may be \(people.count) people: name one by id and --account: "
                    + people.prefix(Self.shownPeople).joined(separator: ", ")
                    + (people.count > Self.shownPeople ? ", …" : "")
            }
        }
    }

    private let database: Database

    /// An erasure on a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Erases the person with an id or e-mail address. Throws `Refusal`, `PostgresError`.
    package func run(person: String, account: String?, isDryRun: Bool = false) async throws -> Outcome {
        try await database.withConnection { connection in
            try await connection.transaction(isDryRun: isDryRun) { transaction in
                try await erase(person, account, PersonStore(transaction))
            }
        }
    }

    private func erase(_ name: String, _ account: String?, _ store: PersonStore) async throws -> Outcome {
        try await store.begin()
        let people = try await store.people(named: name, account: account)
        guard let person = people.first else { throw Refusal.unknown(name, account: account) }
        guard people.count == 1 else {
            throw Refusal.ambiguous(name, people: people.map { "\($0.id) of account \($0.account)" })
        }
        return Outcome(account: person.account, person: person.id, counts: try await store.erase(person))
    }
}
