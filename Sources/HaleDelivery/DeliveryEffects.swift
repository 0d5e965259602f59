package import HaleDomain

/// What the delivery of messages needs of the world outside the process and the database.
package struct DeliveryEffects: Sendable {
    /// The clock in Unix seconds, for the timestamp of signatures and dates of `Retry-After`.
    package var nowSeconds: @Sendable () -> Int64
    /// A clock that never steps, in milliseconds.
    package var milliseconds: @Sendable () -> Int64
    /// Waits so many milliseconds, or until the task is cancelled.
    package var sleep: @Sendable (Int64) async -> Void
    /// A text that nobody can guess, of letters and digits.
    package var newID: @Sendable () -> String
    /// Random bytes for secrets.
    package var randomBytes: @Sendable (Int) -> [UInt8]
    /// A number from 0 to 1, by chance.
    package var jitter: @Sendable () -> Double
    /// A variable of the environment.
    package var variable: @Sendable (String) -> String?
    /// The addresses of a host.
    package var resolve: @Sendable (String) async throws(ResolutionFailure) -> [NetworkAddress]
    /// Sends a request and reads its answer.
    package var exchange: @Sendable (WebhookRequest) async -> DeliveryAnswer
    /// Sends a mail and reads what the server answers.
    package var sendMail: @Sendable (MailRequest) async -> DeliveryAnswer

    package init(
        nowSeconds: @escaping @Sendable () -> Int64, milliseconds: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Int64) async -> Void, newID: @escaping @Sendable () -> String,
        randomBytes: @escaping @Sendable (Int) -> [UInt8], jitter: @escaping @Sendable () -> Double,
        variable: @escaping @Sendable (String) -> String?,
        resolve: @escaping @Sendable (String) async throws(ResolutionFailure) -> [NetworkAddress],
        exchange: @escaping @Sendable (WebhookRequest) async -> DeliveryAnswer,
        sendMail: @escaping @Sendable (MailRequest) async -> DeliveryAnswer
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
        self.sendMail = sendMail
    }
}

/// Why a host has no address.
package struct ResolutionFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// In words.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// A request to a receiver.
package struct WebhookRequest: Sendable {
    /// Where to.
    package let web: WebAddress
    /// The address that was checked; nothing else is connected to.
    package let address: NetworkAddress
    package let headers: [Receiver.Header]
    package let body: [UInt8]
    /// The time for all of it, in milliseconds.
    package let limitMilliseconds: Int64

    package init(
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
package struct DeliveryAnswer: Sendable, Hashable {
    /// The step that it came to.
    package var phase: DeliveryPhase
    /// The answer's status, or the code of a mail server's.
    package var status: Int?
    /// Its header `Retry-After`.
    package var retryAfter: String?
    /// The beginning of its body.
    package var response: String?
    /// What went wrong.
    package var error: String?
    /// Whether a mail server's answer is about the message, and not about the login or the server itself.
    package var isOfMessage = false
    /// Whether it was cut off because the worker stops.
    package var isCancelled = false

    package init(
        phase: DeliveryPhase, status: Int? = nil, retryAfter: String? = nil, response: String? = nil,
        error: String? = nil
    ) {
        self.phase = phase
        self.status = status
        self.retryAfter = retryAfter
        self.response = response
        self.error = error
    }
}
