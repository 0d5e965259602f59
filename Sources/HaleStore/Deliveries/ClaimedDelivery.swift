public import Postgres

/// A message as it is made.
public struct NewDelivery: Sendable, Equatable {
    /// Its webhook-id, the same on every attempt.
    public let webhookID: String
    /// Key of the receiver.
    public let receiver: Int64
    /// `alerts`, `test` or `notice`.
    public let kind: String
    /// Key of the group.
    public let groupKey: String
    /// The body, as it will be sent.
    public let body: String

    /// A message.
    public init(webhookID: String, receiver: Int64, kind: String, groupKey: String, body: String) {
        self.webhookID = webhookID
        self.receiver = receiver
        self.kind = kind
        self.groupKey = groupKey
        self.body = body
    }
}

/// A message that a worker holds.
public struct ClaimedDelivery: Sendable, Equatable {
    /// Its key.
    public let key: Int64
    /// Key of the receiver.
    public let receiver: Int64
    /// Its webhook-id.
    public let webhookID: String
    /// `alerts`, `test` or `notice`.
    public let kind: String
    /// The body.
    public let body: String
    /// Attempts with this one.
    public let attempts: Int
    /// Attempts before this one since the schedule began.
    public let retries: Int
    /// Whether the receiver was failing.
    public let isFailing: Bool
    /// Whether the receiver's last success was not noted lately.
    public let isUnmarked: Bool
    /// When it was due.
    public let dueAt: PostgresTimestamp
    /// The token of the lease.
    public let token: String
}

/// How far a receiver's deliveries were claimed already, in the order in which they are due.
public struct ClaimMark: Sendable, Equatable {
    /// When the last one was due.
    public let dueAt: PostgresTimestamp
    /// Its key.
    public let delivery: Int64

    /// A mark.
    public init(dueAt: PostgresTimestamp, delivery: Int64) {
        self.dueAt = dueAt
        self.delivery = delivery
    }

    /// Before every delivery.
    public static let start = ClaimMark(dueAt: .negativeInfinity, delivery: 0)
}

/// What a worker may take of one receiver.
public struct ClaimPlace: Sendable, Equatable {
    /// Key of the receiver.
    public let receiver: Int64
    /// Requests under way at once, of every worker.
    public let concurrency: Int
    /// How many more this worker takes.
    public let room: Int
    /// How many this worker has under way.
    public let underWay: Int
    /// Whether other workers had some under way when it was counted last.
    public let isShared: Bool
    /// How far was claimed already.
    public let mark: ClaimMark

    /// A place.
    public init(
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
public struct Claim: Sendable, Equatable {
    /// The deliveries, the longest due first.
    public var deliveries: [ClaimedDelivery] = []
    /// Of the receivers that were counted, whether other workers have some under way.
    public var isShared: [Int64: Bool] = [:]

    /// Nothing.
    public init() {}
}

/// How an attempt ended.
public struct AttemptOutcome: Sendable, Equatable {
    /// Key of the delivery.
    public var delivery: Int64
    /// The token of the lease.
    public var token: String
    /// `waiting`, `delivered` or `dead`.
    public var state: String
    /// Seconds to the next attempt.
    public var delaySeconds: Double?
    /// Milliseconds that it took.
    public var durationMilliseconds: Int
    /// The address that was connected to.
    public var address: String?
    /// How far it came.
    public var phase: String
    /// Status of the answer.
    public var status: Int?
    /// The beginning of the answer.
    public var response: String?
    /// What went wrong.
    public var error: String?

    /// An outcome.
    public init(
        delivery: Int64, token: String, state: String, delaySeconds: Double?, durationMilliseconds: Int,
        address: String?, phase: String, status: Int?, response: String?, error: String?
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
