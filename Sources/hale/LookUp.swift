import HaleStore
import Postgres

/// Finds what somebody names as people name things: in any case, by the beginning, by a part of the name.
enum LookUp {
    /// Most that a message lists of those that a text may mean.
    private static let shown = 5

    /// What is said of an account that is asked for.
    static let accountHelp = "The account: its id in any case, the beginning of it, or a part of the name."

    /// The id of the account that a text means; the text itself where it means none, which is refused where it is used.
    static func account(_ text: String, on connection: Connection) async throws -> String {
        let found = try await AccountStore(connection).accounts(meantBy: text, limit: shown + 1)
        guard let match = try one(of: found, kind: "account", text) else { return text }
        if match.likeness > 1 {
            Console.printError("hale: \"\(text)\" is account \(match.id)" + (match.name.map { ", \($0)" } ?? ""))
        }
        return match.id
    }

    /// The e-mail of the CSM that a text means.
    static func csm(_ text: String, on connection: Connection) async throws -> String {
        let found = try await AccountStore(connection).csms(meantBy: text, limit: shown + 1)
        guard let match = try one(of: found, kind: "CSM", text) else { throw CommandError.unknownCSM(text) }
        return match.id
    }

    /// The id of the contract that a text means; the text itself where it means none.
    static func contract(_ text: String, on connection: Connection) async throws -> String {
        let found = try await AccountStore(connection).contracts(meantBy: text, limit: shown + 1)
        return try one(of: found, kind: "contract", text)?.id ?? text
    }

    /// The only one among those that are likest; nil where there is none.
    private static func one(of found: [NameMatch], kind: String, _ text: String) throws -> NameMatch? {
        guard let first = found.first else { return nil }
        let likest = found.filter { $0.likeness == first.likeness }
        guard likest.count == 1 || first.likeness == 0 else {
            var names = likest.prefix(shown).map { match in match.id + (match.name.map { " \($0)" } ?? "") }
            if likest.count > shown { names.append("more") }
            throw CommandError.ambiguousName(kind: kind, text, names)
        }
        return first
    }
}

extension Database {
    /// The id of the account that a text means.
    func account(_ text: String) async throws -> String {
        try await withConnection { try await LookUp.account(text, on: $0) }
    }
}
