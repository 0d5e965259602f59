package import HaleDelivery
import HaleDomain
package import HaleOutput
package import HaleStore

/// What `hale receivers list` prints. Of an address only the host is shown: its path may hold a secret.
package struct ReceiverListDocument {
    package let book: ReceiverBook
    package let queues: [DeliveryQueue]

    package init(book: ReceiverBook, queues: [DeliveryQueue]) {
        self.book = book
        self.queues = queues
    }

    package var document: Document {
        var table = Table([
            Column("receiver", priority: 100), Column("format", priority: 90), Column("to", priority: 85),
            Column("state", priority: 99), Column("signed", priority: 60),
            Column("last success", key: "succeededAt", priority: 70),
            Column("remark", priority: 80, minimumWidth: 20, overflow: .wrap(maximumLines: 4)),
        ])
        table.emptyText = "no receivers: hale receivers add NAME --url URL --secret-env VAR, or alerts/receivers.yaml"
        for entry in book.entries {
            table.append([
                .text(entry.receiver.name), .text(entry.receiver.format.rawValue),
                .text(
                    entry.receiver.mail.map { "\(recipients($0).joined(separator: ", ")) by \(place(of: entry))" }
                        ?? place(of: entry)),
                .text(entry.stored.state.rawValue), .text(entry.isSigned ? "yes" : "no"),
                .optional(entry.stored.succeededAt) { .text($0) }, .optional(remark(on: entry)) { .text($0) },
            ])
        }
        // Nobody looks for a receiver that is nowhere named: it is shown as long as anything waits for it.
        let gone = queues.filter { queue in book.gone.contains { $0.key == queue.key } }
        for queue in gone {
            table.append([
                .text(queue.receiver), .missing, .missing, .text("gone"), .missing, .missing,
                .text(DeliveryQueueText(queue: queue, book: book).text),
            ])
        }
        return Document(
            table: table,
            json: ["receivers": .array(book.entries.map(json)), "gone": .array(gone.map(json))])
    }

    private func json(_ queue: DeliveryQueue) -> JSONValue {
        [
            "receiver": .string(queue.receiver), "waitingMessages": .integer(queue.groups + queue.messages),
            "queuedAlerts": .integer(queue.alerts),
        ]
    }

    private func place(of entry: ReceiverBook.Entry) -> String {
        switch entry.receiver.place {
        case .address(let web): web.origin
        case .variable(let name): "$\(name)"
        }
    }

    /// To whom mail goes: `csm`, or the addresses.
    private func recipients(_ mail: MailSettings) -> [String] {
        switch mail.to {
        case .addresses(let addresses): addresses.map(\.description)
        case .csm: [MailSettings.csmWord]
        }
    }

    private func remark(on entry: ReceiverBook.Entry) -> String? {
        entry.problem ?? entry.stored.stateReason ?? entry.stored.failingSince.map { "no success since \($0)" }
    }

    private func json(_ entry: ReceiverBook.Entry) -> JSONValue {
        [
            "receiver": .string(entry.receiver.name), "format": .string(entry.receiver.format.rawValue),
            "to": .string(place(of: entry)),
            "mail": entry.receiver.mail.map { mail in
                [
                    "from": .string(mail.from.description),
                    "recipients": .array(recipients(mail).map { .string($0) }),
                    "digest": .init(mail.digest?.rawValue),
                ]
            } ?? .null, "state": .string(entry.stored.state.rawValue),
            "reason": .init(entry.stored.stateReason), "problem": .init(entry.problem),
            "signed": .bool(entry.isSigned), "failingSince": .init(entry.stored.failingSince),
            "succeededAt": .init(entry.stored.succeededAt),
            "fromFile": .bool(entry.stored.definition == nil),
            "concurrency": .init(entry.receiver.concurrency), "sendResolved": .bool(entry.receiver.sendsResolved),
            "allowPrivateNetworks": .array(entry.receiver.allowedNetworks.map { .string($0.description) }),
            "timeZone": .string(entry.receiver.timeZone),
            "waitingMessages": .integer(
                queues.first { $0.key == entry.stored.key }.map { $0.groups + $0.messages } ?? 0),
        ]
    }
}

/// What `hale receivers test` prints.
package struct ReceiverTestDocument {
    package let receiver: String
    package let outcome: AttemptOutcome

    package init(receiver: String, outcome: AttemptOutcome) {
        self.receiver = receiver
        self.outcome = outcome
    }

    package var document: Document {
        let arrived = outcome.state == .delivered
        var line = "\(receiver): \(arrived ? "arrived" : "did not arrive")"
        if let status = outcome.status { line += ", answered \(status)" }
        line += " after \(outcome.durationMilliseconds) ms"
        var lines = [line]
        if !arrived { lines.append("  at \(outcome.phase.rawValue): \(outcome.error ?? "no reason is known")") }
        if let response = outcome.response, !response.isEmpty {
            lines.append("  answer: \(HarmlessText.clean(String(response.prefix(200))))")
        }
        return Document(
            sections: [Document.Section(lines: lines)],
            json: [
                "receiver": .string(receiver), "delivered": .bool(arrived), "status": .init(outcome.status),
                "phase": .string(outcome.phase.rawValue), "milliseconds": .init(outcome.durationMilliseconds),
                "address": .init(outcome.address), "error": .init(outcome.error), "response": .init(outcome.response),
            ])
    }
}

/// What `hale receivers attempts` prints.
package struct AttemptListDocument {
    package let attempts: [KeptAttempt]

    package init(attempts: [KeptAttempt]) {
        self.attempts = attempts
    }

    package var document: Document {
        var table = Table([
            Column("delivery", content: .number, priority: 100), Column("attempt", content: .number, priority: 95),
            Column("receiver", priority: 90), Column("when", key: "startedAt", priority: 92),
            Column("ms", key: "milliseconds", content: .number, priority: 60), Column("phase", priority: 85),
            Column("status", content: .number, priority: 91),
            Column("error", priority: 80, minimumWidth: 16, overflow: .wrap(maximumLines: 3)),
            Column("code", priority: 75), Column("next", key: "nextAttemptAt", priority: 70),
            Column("state", priority: 88),
        ])
        table.emptyText = "nothing was sent yet"
        for attempt in attempts {
            table.append([
                .count(Int(attempt.delivery)), .count(attempt.number), .text(attempt.receiver),
                .text(attempt.startedAt), .optional(attempt.durationMilliseconds) { .count($0) },
                .text(attempt.phase.rawValue), .optional(attempt.status) { .count($0) },
                .optional(attempt.error) { .text($0) }, .optional(attempt.code) { .text($0) },
                .optional(attempt.nextAttemptAt) { .text($0) },
                .optional(attempt.state) { .text($0.rawValue) },
            ])
        }
        return Document(table: table, json: ["attempts": .array(attempts.map(json))])
    }

    private func json(_ attempt: KeptAttempt) -> JSONValue {
        [
            "delivery": .integer(attempt.delivery), "webhookId": .init(attempt.webhookID),
            "attempt": .init(attempt.number), "receiver": .string(attempt.receiver),
            "startedAt": .string(attempt.startedAt), "milliseconds": .init(attempt.durationMilliseconds),
            "address": .init(attempt.address), "phase": .string(attempt.phase.rawValue),
            "status": .init(attempt.status),
            "response": .init(attempt.response), "error": .init(attempt.error),
            "code": .init(attempt.code),
            "nextAttemptAt": .init(attempt.nextAttemptAt), "state": .init(attempt.state?.rawValue),
        ]
    }
}

/// What `hale deliver --status` prints.
package struct DeliveryStatusDocument {
    package let waiting: [DeliveryQueueText]
    package let counts: DeliveryCounts

    package init(waiting: [DeliveryQueueText], counts: DeliveryCounts) {
        self.waiting = waiting
        self.counts = counts
    }

    package var document: Document {
        var table = Table([
            Column("receiver", priority: 100), Column("state", priority: 99),
            Column("messages", content: .number, priority: 98),
            Column("oldest, seconds", key: "oldestSeconds", content: .number, priority: 90),
        ])
        table.emptyText = "nothing is to be sent"
        for line in counts.lines {
            table.append([
                .text(line.receiver), .text(line.state.rawValue), .count(Int(line.messages)),
                .count(Int(line.oldestSeconds)),
            ])
        }
        return Document(
            titles: ["What receivers are to be told"], notices: notices, table: table,
            json: [
                "states": .array(
                    counts.lines.map {
                        [
                            "receiver": .string($0.receiver), "state": .string($0.state.rawValue),
                            "messages": .integer($0.messages), "oldestSeconds": .integer($0.oldestSeconds),
                        ]
                    }),
                "waiting": .array(waiting.map(\.json)),
                "oldestUndeliveredSeconds": .init(counts.oldestUndeliveredSeconds),
                "oldestSnapshot": counts.oldestSnapshot.map {
                    [
                        "pid": .init($0.processID), "seconds": .integer($0.seconds), "role": .init($0.role),
                        "program": .init($0.program),
                    ]
                } ?? .null,
            ])
    }

    private var notices: [Document.Notice] {
        var notices: [Document.Notice] = waiting.map { $0.isGone ? .warning($0.text) : .note($0.text) }
        if let seconds = counts.oldestUndeliveredSeconds {
            notices.append(.note("the oldest undelivered message is \(seconds) s old"))
        }
        if let snapshot = counts.oldestSnapshot, snapshot.isOld {
            notices.append(
                .warning(
                    "process \(snapshot.processID) (\(snapshot.program ?? "unknown")) has held a transaction open for "
                        + "\(snapshot.seconds) s; dead rows of deliveries cannot go meanwhile"))
        }
        return notices
    }
}
