import HaleFiles
package import HaleStore
import Postgres

/// The signing secrets that are kept in the database, and the key that they are encrypted with. All of them are encrypted
/// with one key: a secret that is added under another would lock its receiver out under both.
package struct SecretDesk: Sendable {
    /// The variable that holds the key to which `rekey` changes.
    package static let newVariable = "HALE_NEW_SECRET_KEY"

    /// What `rekey` did.
    package struct Rekeying: Sendable, Equatable {
        /// Secrets that were encrypted anew.
        package let changed: Int
        /// Secrets that the new key opened already.
        package let unchanged: Int
        /// The receivers whose secrets they are, in order of name.
        package let receivers: [String]

        /// What was done.
        package init(changed: Int, unchanged: Int, receivers: [String]) {
            self.changed = changed
            self.unchanged = unchanged
            self.receivers = receivers
        }
    }

    private let database: Database
    private let variable: @Sendable (String) -> String?

    /// A desk that finds keys in variables.
    package init(_ database: Database, variable: @escaping @Sendable (String) -> String?) {
        self.database = database
        self.variable = variable
    }

    /// Encrypts every secret with the key of `HALE_NEW_SECRET_KEY` instead of that of `HALE_SECRET_KEY`: all of them or
    /// none. Doing it again changes nothing.
    package func rekey(isDryRun: Bool = false) async throws -> Rekeying {
        let old = try box(SecretBox.variable)
        let new = try box(Self.newVariable)
        guard variable(SecretBox.variable) != variable(Self.newVariable) else {
            throw Self.refusal("\(Self.newVariable) is the key that \(SecretBox.variable) has already")
        }
        return try await database.withConnection { connection in
            try await connection.transaction(isDryRun: isDryRun) { transaction in
                let store = SecretStore(transaction)
                try await store.lock()
                let secrets = try await store.all()
                var resealed: [(secret: StoredSecret, sealed: [UInt8])] = []
                var shut: Set<String> = []
                for secret in secrets {
                    if let text = old.open(secret.sealed, of: secret.name) {
                        resealed.append((secret, try new.seal(text, of: secret.name)))
                    } else if new.open(secret.sealed, of: secret.name) == nil {
                        shut.insert(secret.name)
                    }
                }
                guard shut.isEmpty else { throw Self.shut(shut, "neither key opens") }
                _ = try await store.reseal(resealed)
                try await store.end()
                return Rekeying(
                    changed: resealed.count, unchanged: secrets.count - resealed.count,
                    receivers: Set(secrets.map(\.name)).sorted())
            }
        }
    }

    /// Tries every stored secret and says what was found; throws where one does not open.
    package func diagnosis() async throws -> String {
        let secrets = try await database.withConnection { try await SecretStore($0).all() }
        guard !secrets.isEmpty else { return "none is kept in the database" }
        let box = try box(SecretBox.variable)
        let shut = Set(secrets.filter { box.open($0.sealed, of: $0.name) == nil }.map(\.name))
        guard shut.isEmpty else { throw Self.shut(shut, "\(SecretBox.variable) does not open") }
        return "\(secrets.count) of \(Set(secrets.map(\.name)).count) receivers, all opened by \(SecretBox.variable)"
    }

    /// Throws unless the key opens every secret that is kept; run where nobody can add one before the transaction ends.
    static func check(_ box: SecretBox, _ store: SecretStore) async throws {
        let secrets = try await store.all()
        let shut = Set(secrets.filter { box.open($0.sealed, of: $0.name) == nil }.map(\.name))
        guard shut.isEmpty else { throw Self.shut(shut, "\(SecretBox.variable) does not open") }
    }

    private func box(_ name: String) throws -> SecretBox {
        guard let box = variable(name).flatMap(SecretBox.init(hexadecimal:)) else {
            throw Self.refusal("set \(name) to a key of 64 hexadecimal digits, such as openssl rand -hex 32 prints")
        }
        return box
    }

    private static func shut(_ names: Set<String>, _ what: String) -> FileFailure {
        let list = names.sorted().prefix(shownNames).joined(separator: ", ")
        let more = names.count > shownNames ? " and \(names.count - shownNames) more" : ""
        return refusal(
            "\(what) the secrets of \(list)\(more): set the key that they were encrypted with, or, where that is lost, "
                + "make new ones with hale receivers rotate-secret NAME --forget-old")
    }

    /// Receivers that are named; the rest is counted.
    private static let shownNames = 5

    private static func refusal(_ message: String) -> FileFailure {
        FileFailure(FileProblem(.receiver, .secret, message))
    }
}
