import Foundation
package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// What people do with receivers: add, test, pause, resume, give a new secret, send again.
package struct ReceiverDesk: Sendable {
    private let database: Database
    private let file: ReceiverFile
    private let effects: DeliveryEffects
    private let ownListeners: [DestinationRule.Listener]

    /// A desk with the receivers of the file.
    package init(
        _ database: Database, file: ReceiverFile, effects: DeliveryEffects,
        ownListeners: [DestinationRule.Listener] = []
    ) {
        self.database = database
        self.file = file
        self.effects = effects
        self.ownListeners = ownListeners
    }

    /// Every receiver.
    package func book() async throws -> ReceiverBook {
        try await ReceiverBook.load(file, from: database, effects: effects)
    }

    /// What waits for receivers.
    package func queues() async throws -> [DeliveryQueue] {
        try await database.withConnection { try await DeliveryHistoryStore($0).queues() }
    }

    /// Checks a receiver as it will be checked at every attempt, and keeps it. Returns the new secret where one was made,
    /// which is shown this once.
    package func add(_ receiver: Receiver, isDryRun: Bool = false) async throws -> WebhookSecret? {
        guard Receiver.isName(receiver.name) else {
            throw refusal(.name, "\"\(receiver.name)\" is no name: use letters, digits, -, _ and .")
        }
        guard !file.receivers.contains(where: { $0.name == receiver.name }) else {
            throw refusal(.name, "the receiver \(receiver.name) stands in \(file.path ?? ReceiverFile.name) already")
        }
        if receiver.format == .slack, case .address = receiver.place {
            throw refusal(.secret, "an address of Slack is a secret: give --url-env VAR, the variable that holds it")
        }
        try await check(receiver)
        var secret: WebhookSecret?
        var sealed: (box: SecretBox, secret: [UInt8])?
        if receiver.secretVariable == nil, receiver.format == .hale {
            let box = try box()
            secret = WebhookSecret(bytes: effects.randomBytes(WebhookSecret.newByteCount))
            sealed = try secret.map { (box, try box.seal($0, of: receiver.name)) }
        }
        let definition = try ReceiverDefinition(receiver).json()
        guard !isDryRun else {
            let isKnown = try await database.withConnection { try await ReceiverStore($0).all() }
                .contains { $0.name == receiver.name && $0.definition != nil }
            guard !isKnown else { throw refusal(.name, "there is a receiver \(receiver.name) already") }
            return nil
        }
        try await database.withConnection { connection in
            try await connection.transaction { transaction in
                let store = ReceiverStore(transaction)
                guard let key = try await store.add(receiver.name, definition: definition) else {
                    throw refusal(.name, "there is a receiver \(receiver.name) already")
                }
                if let sealed {
                    try await SecretStore(transaction).lock()
                    try await SecretDesk.check(sealed.box, SecretStore(transaction))
                    try await store.addSecret(sealed.secret, of: key, keepingOldHours: 0)
                }
            }
        }
        return secret
    }

    /// Gives a receiver a new secret; messages are signed with the old one too for some hours. Refused where the key does
    /// not open what is kept, because the old one could not sign then; with `forgettingOld` the receiver's old secrets are
    /// taken away instead. Returns the new one.
    package func rotateSecret(
        of name: String, keepingOldHours hours: Int, forgettingOld: Bool = false
    ) async throws -> WebhookSecret {
        let entry = try await entry(name)
        if let variable = entry.receiver.secretVariable {
            throw refusal(
                .secret,
                "its secret is in the variable \(variable): put the new one before the old one there, with a space between, "
                    + "and take the old one away later")
        }
        let box = try box()
        guard let secret = WebhookSecret(bytes: effects.randomBytes(WebhookSecret.newByteCount)) else {
            throw refusal(.secret, "no secret could be made")
        }
        let sealed = try box.seal(secret, of: name)
        let receiver = entry.stored.key
        try await database.withConnection { connection in
            try await connection.transaction { transaction in
                let secrets = SecretStore(transaction)
                try await secrets.lock()
                // Where the key was lost, receivers come back one by one.
                if forgettingOld {
                    try await secrets.end(of: receiver)
                } else {
                    try await SecretDesk.check(box, secrets)
                }
                try await ReceiverStore(transaction).addSecret(sealed, of: receiver, keepingOldHours: hours)
            }
        }
        return secret
    }

    /// Stops sending to a receiver; what is due waits. False where that was so already.
    package func pause(_ name: String, reason: String) async throws -> Bool {
        _ = try await entry(name)
        return try await database.withConnection {
            try await ReceiverStore($0).setState(.paused, reason: reason, of: name)
        }
    }

    /// Sends to a receiver again. False where that was so already.
    package func resume(_ name: String) async throws -> Bool {
        _ = try await entry(name)
        return try await database.withConnection {
            try await ReceiverStore($0).setState(.active, reason: nil, of: name)
        }
    }

    /// Sends a message that says that it is a test, once, and returns what came of it.
    package func test(_ name: String) async throws -> AttemptOutcome {
        let entry = try await entry(name)
        let book = try await book()
        let message = AlertMessage(
            kind: .test, timestamp: Instant.text(effects.nowSeconds()), receiver: name,
            group: AlertGroup(key: "test/\(name)", labels: ["test": "true"]), alerts: [],
            externalURL: book.externalURL, text: "this receiver is told of alerts; nothing happened")
        let body = try MessageBody.text(of: message, as: entry.receiver.format)
        let delivery = NewDelivery(
            webhookID: "msg_\(effects.newID())", receiver: entry.stored.key, kind: message.kind,
            groupKey: message.group.key, body: body)
        let token = effects.newID()
        let claimed = try await database.withConnection { connection in
            try await connection.transaction { transaction in
                try await DeliveryStore(transaction).ensureMonths()
                return try await DeliveryStore(transaction).addHeld(delivery, token: token, leaseSeconds: 30)
            }
        }
        let result = await DeliveryAttempt(effects: effects, ownListeners: ownListeners).run(claimed, to: entry)
        _ = try await DeliveryResults(database: database, book: book, effects: effects).write([(result, claimed)])
        return result.outcome
    }

    /// The receiver of that name; an error for one that nobody has.
    package func entry(_ name: String) async throws -> ReceiverBook.Entry {
        let book = try await book()
        if let entry = book.entry(named: name) { return entry }
        if book.gone.contains(where: { $0.name == name }) {
            let place = file.path ?? ReceiverFile.name
            throw refusal(.name, "the receiver \(name) is in \(place) no more: put it back there")
        }
        let nearest = NearestNames.question(book.entries.map(\.receiver.name), to: name)
        throw refusal(
            .name,
            "there is no receiver \"\(name)\": "
                + (nearest ?? "hale receivers list shows them"))
    }

    private func check(_ receiver: Receiver) async throws {
        let web: WebAddress
        switch receiver.place {
        case .address(let address): web = address
        case .variable(let name):
            // It may be set only where messages are sent; there it is checked.
            guard let text = effects.variable(name) else { return }
            do throws(WebAddress.Problem) {
                web = try WebAddress(text)
            } catch {
                throw refusal(.destination, "the address in \(name) \(error.text)")
            }
        }
        if let reason = receiver.format.refusal(of: web) { throw refusal(.destination, reason) }
        let verdict: DestinationRule.Verdict
        do throws(ResolutionFailure) {
            verdict = try await DestinationCheck(effects: effects, ownListeners: ownListeners)
                .verdict(of: web, for: receiver)
        } catch {
            throw refusal(.destination, error.description)
        }
        if let reason = verdict.refusal { throw refusal(.destination, reason) }
    }

    private func box() throws -> SecretBox {
        guard let box = effects.variable(SecretBox.variable).flatMap(SecretBox.init(hexadecimal:)) else {
            throw refusal(
                .secret,
                "set \(SecretBox.variable) to 64 hexadecimal digits, with which secrets are encrypted, or give --secret-env VAR"
            )
        }
        return box
    }

    private func refusal(_ fault: FileProblem.Fault, _ message: String) -> FileFailure {
        FileFailure(FileProblem(.receiver, fault, message))
    }
}
