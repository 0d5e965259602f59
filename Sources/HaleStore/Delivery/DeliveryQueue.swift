import HaleSQL
import Postgres

/// What is still to be told to one receiver, in messages.
package struct DeliveryQueue: Sendable, Equatable {
    /// The receiver's key.
    package let key: Int64
    /// The receiver's name.
    package let receiver: String
    /// Groups that wait; each becomes a message.
    package let groups: Int64
    /// What those messages will tell of.
    package let alerts: Int64
    /// When the first group is due, RFC 3339.
    package let groupsFirstAt: String?
    /// When the last one is, RFC 3339.
    package let groupsLastAt: String?
    /// Messages that are made and wait to be sent, or are being sent.
    package let messages: Int64
    /// When the first of them is due, RFC 3339.
    package let messagesFirstAt: String?

    /// What waits for a receiver.
    package init(
        key: Int64, receiver: String, groups: Int64 = 0, alerts: Int64 = 0, groupsFirstAt: String? = nil,
        groupsLastAt: String? = nil, messages: Int64 = 0, messagesFirstAt: String? = nil
    ) {
        self.key = key
        self.receiver = receiver
        self.groups = groups
        self.alerts = alerts
        self.groupsFirstAt = groupsFirstAt
        self.groupsLastAt = groupsLastAt
        self.messages = messages
        self.messagesFirstAt = messagesFirstAt
    }
}

extension DeliveryHistoryStore {
    /// What waits, by receiver, in order of name.
    package func queues() async throws -> [DeliveryQueue] {
        try await connection.query(Statement(SQL.Delivery.queue)).map { row in
            DeliveryQueue(
                key: try row.decode("receiver_id"), receiver: try row.decode("name"),
                groups: try row.decode("groups"), alerts: try row.decode("alerts"),
                groupsFirstAt: try row.decodeIfPresent("groups_first_at"),
                groupsLastAt: try row.decodeIfPresent("groups_last_at"), messages: try row.decode("messages"),
                messagesFirstAt: try row.decodeIfPresent("messages_first_at"))
        }
    }
}
