public import HaleDomain

/// What the delivery of messages needs of the world outside the process and the database.
public struct DeliveryEffects: Sendable {
    /// The clock in Unix seconds, for the timestamp of signatures and dates of `Retry-After`.
    public var nowSeconds: @Sendable () -> Int64
    /// A clock that never steps, in milliseconds.
    public var milliseconds: @Sendable () -> Int64
    /// Waits so many milliseconds, or until the task is cancelled.
    public var sleep: @Sendable (Int64) async -> Void
    /// A text that nobody can guess, of letters and digits.
    public var newID: @Sendable () -> String
    /// Random bytes for secrets.
    public var randomBytes: @Sendable (Int) -> [UInt8]
    /// A number from 0 to 1, by chance.
    public var jitter: @Sendable () -> Double
    /// A variable of the environment.
    public var variable: @Sendable (String) -> String?
    /// The addresses of a host.
    public var resolve: @Sendable (String) async throws(ResolutionFailure) -> [NetworkAddress]
    /// Sends a request and reads its answer.
    public var exchange: @Sendable (WebhookRequest) async -> WebhookAnswer

    /// Effects.
    public init(
        nowSeconds: @escaping @Sendable () -> Int64, milliseconds: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Int64) async -> Void, newID: @escaping @Sendable () -> String,
        randomBytes: @escaping @Sendable (Int) -> [UInt8], jitter: @escaping @Sendable () -> Double,
        variable: @escaping @Sendable (String) -> String?,
        resolve: @escaping @Sendable (String) async throws(ResolutionFailure) -> [NetworkAddress],
        exchange: @escaping @Sendable (WebhookRequest) async -> WebhookAnswer
    ) {
        self.nowSeconds = nowSeconds
        self.milliseconds = milliseconds
        self.sleep = sleep
        self.newID = newID
        self.randomBytes = randomBytes
        self.jitter = jitter
        self.variable = variable
        self.resolve = resolve
        self.exchange = exchange
    }
}

/// Why a host has no address.
public struct ResolutionFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// In words.
    public let description: String

    /// A failure.
    public init(_ description: String) {
        self.description = description
    }
}

/// A request to a receiver.
public struct WebhookRequest: Sendable {
    /// Where to.
    public let web: WebAddress
    /// The address that was checked; nothing else is connected to.
    public let address: NetworkAddress
    /// The headers.
    public let headers: [Receiver.Header]
    /// The body.
    public let body: [UInt8]
    /// The time for all of it, in milliseconds.
    public let limitMilliseconds: Int64

    /// A request.
    public init(
        web: WebAddress, address: NetworkAddress, headers: [Receiver.Header], body: [UInt8], limitMilliseconds: Int64
    ) {
        self.web = web
        self.address = address
        self.headers = headers
        self.body = body
        self.limitMilliseconds = limitMilliseconds
    }
}

/// How far an attempt came, and what was answered.
public struct WebhookAnswer: Sendable, Hashable {
    /// The steps of an attempt.
    public enum Phase: String, Sendable {
        /// Whether the receiver can be used and may be connected to.
        case check
        /// Finding the host's address.
        case dns
        /// Connecting.
        case connect
        /// Agreeing on encryption.
        case tls
        /// Sending, and waiting for the answer to begin.
        case request
        /// Reading the answer.
        case response
    }

    /// The step that it came to.
    public var phase: Phase
    /// The answer's status.
    public var status: Int?
    /// Its header `Retry-After`.
    public var retryAfter: String?
    /// The beginning of its body.
    public var response: String?
    /// What went wrong.
    public var error: String?
    /// Whether it was cut off because the worker stops.
    public var isCancelled = false

    /// An answer.
    public init(
        phase: Phase, status: Int? = nil, retryAfter: String? = nil, response: String? = nil, error: String? = nil
    ) {
        self.phase = phase
        self.status = status
        self.retryAfter = retryAfter
        self.response = response
        self.error = error
    }
}
