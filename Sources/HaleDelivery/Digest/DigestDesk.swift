package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// Hands digests to the outbox, each once for its receiver, day and CSM.
package struct DigestDesk: Sendable {
    /// What became of digests.
    package struct Outcome: Sendable, Equatable {
        /// Mails that are on their way now.
        package var new = 0
        /// Mails that were on their way before.
        package var known = 0
        /// CSMs whose e-mail is no address of mail, in order.
        package var withoutAddress: [String] = []

        package init() {}
    }

    private let database: Database
    private let book: ReceiverBook
    private let effects: DeliveryEffects

    package init(_ database: Database, book: ReceiverBook, effects: DeliveryEffects) {
        self.database = database
        self.book = book
        self.effects = effects
    }

    /// Those of some kinds that a receiver gets; an error where there is none.
    package func kinds(among kinds: [DigestKind]) throws(FileFailure) -> [DigestKind] {
        let wanted = kinds.filter { !receivers(of: $0).isEmpty }
        guard !wanted.isEmpty else {
            throw FileFailure(
                FileProblem(
                    .receiver, .refused,
                    "no receiver gets \(kinds.map(\.rawValue).joined(separator: " or ")) digests: give one of format email "
                        + "the key digest, or --digest"))
        }
        return wanted
    }

    /// Whether anybody gets digests of a kind, and whether they are about each CSM or about everybody.
    package func wants(_ kind: DigestKind) -> (eachCSM: Bool, everybody: Bool) {
        let wanting = receivers(of: kind).compactMap(\.receiver.mail)
        return (wanting.contains { $0.to == .csm }, wanting.contains { $0.to != .csm })
    }

    private func receivers(of kind: DigestKind) -> [ReceiverBook.Entry] {
        book.entries.filter { $0.receiver.mail?.digest == kind }
    }

    /// Writes digests of a day as messages to whoever gets them. Those that were written before are not written again.
    package func send(_ digests: [DigestMail], _ kind: DigestKind, of day: Day) async throws -> Outcome {
        var outcome = Outcome()
        var made: [NewDigest] = []
        let timestamp = Instant.text(effects.nowSeconds())
        for entry in receivers(of: kind) {
            guard let mail = entry.receiver.mail else { continue }
            for digest in digests where (digest.csm != nil) == (mail.to == .csm) {
                guard !mail.recipients(csm: digest.csm).isEmpty else {
                    outcome.withoutAddress.append(digest.csm ?? "")
                    continue
                }
                let body = MailBody(
                    timestamp: timestamp, subject: digest.subject, text: digest.text, html: digest.html, csm: digest.csm
                )
                made.append(
                    NewDigest(
                        delivery: NewDelivery(
                            webhookID: "msg_\(effects.newID())", receiver: entry.stored.key, kind: .digest,
                            groupKey: "digest/\(kind.rawValue)/\(digest.csm ?? "")", body: try MessageBody.json(body)),
                        csm: digest.csm))
            }
        }
        let digestDay = kind.key(of: day)
        let new = try await database.withConnection { connection in
            try await connection.transaction(attempts: 3) { try await DigestStore($0).add(made, kind, of: digestDay) }
        }
        outcome.new = new.count
        outcome.known = made.count - new.count
        outcome.withoutAddress = Set(outcome.withoutAddress).sorted()
        return outcome
    }
}
