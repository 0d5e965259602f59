package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// Every receiver, those of `receivers.yaml` and those of the database, with what is needed to send to them.
package struct ReceiverBook: Sendable {
    /// A receiver that is ready, or why it is not.
    package struct Entry: Sendable {
        /// What it is.
        package let receiver: Receiver
        /// What the database knows of it.
        package let stored: StoredReceiver
        /// Its address; nil where a variable does not hold one.
        package let web: WebAddress?
        /// Why nothing can be sent to it; nil where all is there.
        package let problem: String?
        /// Its signing secrets, the newest first.
        let secrets: [WebhookSecret]
        /// The password of its mail server.
        let password: String?

        /// Whether messages to it are signed.
        package var isSigned: Bool { !secrets.isEmpty }
    }

    /// The receivers, in order of name.
    package let entries: [Entry]
    /// Receivers that were in the file and are in it no more, in order of name.
    package let gone: [StoredReceiver]
    /// The routes, in the order in which they are asked.
    package let routes: [AlertRoute]
    /// Receivers that are told when another one is stopped.
    package let administrators: [String]
    /// Where Hale's own pages are.
    package let externalURL: String

    /// The receiver of that name.
    package func entry(named name: String) -> Entry? { entries.first { $0.receiver.name == name } }

    /// The routes of alerts of a CSM's accounts. Where nobody can be written to as the CSM, receivers that write to each
    /// CSM are left out, and the routes after theirs are asked.
    func routes(csm: String?) -> [AlertRoute] {
        csm.flatMap(MailAddress.init) == nil
            ? routes.filter { entry(named: $0.receiver)?.receiver.mail?.to != .csm } : routes
    }

    /// The receiver of that key.
    func entry(keyed key: Int64) -> Entry? { entries.first { $0.stored.key == key } }

    /// Reads the receivers of the database and joins them with those of the file.
    package static func load(
        _ file: ReceiverFile, from database: Database, effects: DeliveryEffects
    ) async throws -> ReceiverBook {
        let (stored, secrets) = try await database.withConnection { connection in
            let store = ReceiverStore(connection)
            try await store.ensure(file.receivers.map(\.name))
            return (try await store.all(), try await store.secrets())
        }
        var problems: [FileProblem] = []
        var entries: [Entry] = []
        var gone: [StoredReceiver] = []
        for stored in stored {
            let listed = file.receivers.first { $0.name == stored.name }
            let own = try stored.definition.map { try ReceiverDefinition(json: $0).receiver(named: stored.name) }
            if listed != nil, own != nil {
                problems.append(
                    FileProblem(
                        .receiver, .name, file: file.path,
                        "the receiver \(stored.name) was also added by hale receivers add: give one another name"))
            }
            guard let receiver = own ?? listed else {
                gone.append(stored)
                continue
            }
            entries.append(entry(of: receiver, stored, sealed: secrets[stored.key] ?? [], effects: effects))
        }
        let names = Set(entries.map(\.receiver.name))
        for name in Set((file.routes ?? []).map(\.receiver) + file.administrators).subtracting(names).sorted() {
            problems.append(
                FileProblem(
                    .receiver, .name, file: file.path,
                    "there is no receiver \"\(name)\", which a route or administrators name"))
        }
        for route in file.routes ?? [] where !route.groupBy.contains("csm") {
            guard entries.contains(where: { $0.receiver.name == route.receiver && $0.receiver.mail?.to == .csm }) else {
                continue
            }
            problems.append(
                FileProblem(
                    .receiver, .badValue, file: file.path,
                    "the receiver \(route.receiver) writes to each CSM, so its route needs csm in group_by"))
        }
        guard problems.isEmpty else { throw FileFailure(problems: problems) }
        return ReceiverBook(
            entries: entries, gone: gone, routes: file.routes ?? everythingToEveryone(entries),
            administrators: file.administrators, externalURL: file.externalURL)
    }

    /// Without routes every receiver is told of everything, but for those that get digests.
    private static func everythingToEveryone(_ entries: [Entry]) -> [AlertRoute] {
        entries.filter { $0.receiver.mail?.digest == nil }.map { entry in
            var route = AlertRoute(receiver: entry.receiver.name)
            route.continues = true
            return route
        }
    }

    private static func entry(
        of receiver: Receiver, _ stored: StoredReceiver, sealed: [[UInt8]], effects: DeliveryEffects
    ) -> Entry {
        var problem: String?
        var web: WebAddress?
        switch receiver.place {
        case .address(let address): web = address
        case .variable(let name):
            web = effects.variable(name).flatMap { try? WebAddress($0) }
            if web == nil { problem = "the variable \(name) holds no address" }
        }
        problem = problem ?? web.flatMap { receiver.format.refusal(of: $0) }
        guard receiver.mail == nil else {
            let password = receiver.secretVariable.flatMap(effects.variable)
            if let name = receiver.secretVariable, password?.isEmpty ?? true {
                problem = problem ?? "the variable \(name) holds no password"
            }
            return Entry(
                receiver: receiver, stored: stored, web: web, problem: problem, secrets: [], password: password)
        }
        let (secrets, refusal) = secrets(of: receiver, sealed: sealed, effects: effects)
        return Entry(
            receiver: receiver, stored: stored, web: web, problem: problem ?? refusal, secrets: secrets, password: nil)
    }

    private static func secrets(
        of receiver: Receiver, sealed: [[UInt8]], effects: DeliveryEffects
    ) -> (secrets: [WebhookSecret], problem: String?) {
        if let name = receiver.secretVariable {
            // Several, separated by spaces, sign together while one takes the place of another.
            let texts = (effects.variable(name) ?? "").split(separator: " ").map(String.init)
            let secrets = texts.compactMap(WebhookSecret.init)
            guard !secrets.isEmpty, secrets.count == texts.count else {
                return ([], "the variable \(name) holds no secret: whsec_ and the base64 of 24 to 64 bytes")
            }
            return (secrets, nil)
        }
        guard !sealed.isEmpty else {
            return ([], receiver.format == .hale ? "it has no secret, and messages of format hale are signed" : nil)
        }
        guard let box = effects.variable(SecretBox.variable).flatMap(SecretBox.init(hexadecimal:)) else {
            return ([], "its secret is encrypted: set \(SecretBox.variable) to 64 hexadecimal digits")
        }
        let secrets = sealed.compactMap { box.open($0, of: receiver.name) }
        guard secrets.count == sealed.count else {
            return ([], "its secret was encrypted with another \(SecretBox.variable)")
        }
        return (secrets, nil)
    }
}
