import Delimited
package import HaleDelivery
package import HaleFiles
package import HaleOutput
package import HaleStore

/// What waits for a receiver, for what, and until when.
package struct DeliveryQueueText {
    package let queue: DeliveryQueue
    package let book: ReceiverBook

    package init(queue: DeliveryQueue, book: ReceiverBook) {
        self.queue = queue
        self.book = book
    }

    /// What waits for any receiver, of a file or of the database.
    package static func all(_ file: ReceiverFile, in database: Database, effects: DeliveryEffects) async throws
        -> [DeliveryQueueText]
    {
        let book = try await ReceiverBook.load(file, from: database, effects: effects)
        let queues = try await database.withConnection { try await DeliveryHistoryStore($0).queues() }
        return queues.map { DeliveryQueueText(queue: $0, book: book) }
    }

    /// Whether the receiver is in no list any more.
    package var isGone: Bool { book.gone.contains { $0.key == queue.key } }

    /// One line.
    package var text: String {
        let name = queue.receiver
        let all = Self.messages(queue.groups + queue.messages)
        if isGone {
            return "\(name) is in \(ReceiverFile.name) no more, and \(all) \(told)wait\(plural ? "" : "s") for it: put "
                + "it back there to have \(plural ? "them" : "it") sent"
        }
        if let stored = book.entry(named: name)?.stored, stored.state != .active {
            return "\(name) is \(stored.state.rawValue): \(all) \(told)wait\(plural ? "" : "s") until hale receivers "
                + "resume \(name)"
        }
        var parts: [String] = []
        if queue.groups > 0 {
            let isOne = queue.groups == 1
            parts.append(
                "\(Self.messages(queue.groups)) \(told)wait\(isOne ? "s" : "") for \(isOne ? "its group" : "their groups")"
                    + until(queue.groupsFirstAt, queue.groupsLastAt))
        }
        if queue.messages > 0 {
            let isOne = queue.messages == 1
            parts.append(
                "\(Self.messages(queue.messages)) wait\(isOne ? "s" : "") to be sent"
                    + (queue.messagesFirstAt.map { ", the first at \(Self.words($0))" } ?? ""))
        }
        return "\(name): \(parts.joined(separator: "; "))"
    }

    /// The same for programs.
    package var json: JSONValue {
        [
            "receiver": .string(queue.receiver), "gone": .bool(isGone), "groups": .integer(queue.groups),
            "alerts": .integer(queue.alerts), "groupsFirstAt": .init(queue.groupsFirstAt),
            "groupsLastAt": .init(queue.groupsLastAt), "messages": .integer(queue.messages),
            "messagesFirstAt": .init(queue.messagesFirstAt),
        ]
    }

    private var plural: Bool { queue.groups + queue.messages != 1 }

    private var told: String {
        queue.alerts == 0 ? "" : "of \(queue.alerts) \(queue.alerts == 1 ? "alert" : "alerts") "
    }

    private func until(_ first: String?, _ last: String?) -> String {
        guard let first, let last else { return "" }
        return first == last
            ? " until \(Self.words(first))"
            : ", the first until \(Self.words(first)), the last until \(Self.words(last))"
    }

    private static func messages(_ count: Int64) -> String {
        "\(NumberText.grouped(count)) \(count == 1 ? "message" : "messages")"
    }

    /// `2026-11-30T15:59:20Z` as people read it.
    private static func words(_ instant: String) -> String {
        instant.replacing("T", with: " ").replacing("Z", with: " UTC")
    }
}
