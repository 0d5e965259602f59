package import HaleDomain
package import Postgres

/// A message as it is made.
package struct NewDelivery: Sendable, Equatable {
    /// Its webhook-id, the same on every attempt.
    package let webhookID: String
    /// Key of the receiver.
    package let receiver: Int64
    /// What kind of message it is.
    package let kind: AlertMessage.Kind
    package let groupKey: String
    /// The body, as it will be sent.
    package let body: String

    /// A message.
    package init(webhookID: String, receiver: Int64, kind: AlertMessage.Kind, groupKey: String, body: String) {
        self.webhookID = webhookID
        self.receiver = receiver
        self.kind = kind
        self.groupKey = groupKey
        self.body = body
    }
}

/// A message that a worker holds.
package struct ClaimedDelivery: Sendable, Equatable {
    package let key: Int64
    /// Key of the receiver.
    package let receiver: Int64
    package let webhookID: String
    /// What kind of message it is.
    package let kind: AlertMessage.Kind
    package let body: String
    /// Attempts with this one.
    package let attempts: Int
    /// Attempts before this one since the schedule began.
    package let retries: Int
    /// Whether the receiver was failing.
    package let isFailing: Bool
    /// Whether the receiver's last success was not noted lately.
    package let isUnmarked: Bool
    /// When it was due.
    package let dueAt: PostgresTimestamp
    /// The token of the lease.
    package let token: String
}

/// How far a receiver's deliveries were claimed already, in the order in which they are due.
package struct ClaimMark: Sendable, Equatable {
    /// When the last one was due.
    package let dueAt: PostgresTimestamp
    /// Its key.
    package let delivery: Int64

    package init(dueAt: PostgresTimestamp, delivery: Int64) {
        self.dueAt = dueAt
        self.delivery = delivery
    }

    /// Before every delivery.
    package static let start = ClaimMark(dueAt: .negativeInfinity, delivery: 0)
}

/// What a worker may take of one receiver.
package struct ClaimPlace: Sendable, Equatable {
    /// Key of the receiver.
    package let receiver: Int64
    /// Requests under way at once, of every worker.
    package let concurrency: Int
    /// How many more this worker takes.
    package let room: Int
    /// How many this worker has under way.
    package let underWay: Int
    /// Whether other workers had some under way when it was counted last.
    package let isShared: Bool
    /// How far was claimed already.
    package let mark: ClaimMark

    package init(
        receiver: Int64, concurrency: Int, room: Int, underWay: Int = 0, isShared: Bool = true, mark: ClaimMark = .start
    ) {
        self.receiver = receiver
        self.concurrency = concurrency
        self.room = room
        self.underWay = underWay
        self.isShared = isShared
        self.mark = mark
    }
}

/// What a worker took.
package struct Claim: Sendable, Equatable {
    /// The deliveries, the longest due first.
    package var deliveries: [ClaimedDelivery] = []
    /// Of the receivers that were counted, whether other workers have some under way.
    package var isShared: [Int64: Bool] = [:]

    /// Nothing.
    package init() {}
}

/// How an attempt ended.
package struct AttemptOutcome: Sendable, Equatable {
    /// Key of the delivery.
    package var delivery: Int64
    /// The token of the lease.
    package var token: String
    /// What became of the delivery.
    package var state: DeliveryState
    /// Seconds to the next attempt.
    package var delaySeconds: Double?
    /// Milliseconds that it took.
    package var durationMilliseconds: Int
    /// The address that was connected to.
    package var address: String?
    /// How far it came.
    package var phase: DeliveryPhase
    /// Status of the answer.
    package var status: Int?
    /// The beginning of the answer.
    package var response: String?
    /// What went wrong.
    package var error: String?

    package init(
        delivery: Int64, token: String, state: DeliveryState, delaySeconds: Double?, durationMilliseconds: Int,
        address: String?, phase: DeliveryPhase, status: Int?, response: String?, error: String?
    ) {
        self.delivery = delivery
        self.token = token
        self.state = state
        self.delaySeconds = delaySeconds
        self.durationMilliseconds = durationMilliseconds
        self.address = address
        self.phase = phase
        self.status = status
        self.response = response
        self.error = error
    }
}
