/// The form in which a receiver is told of alerts.
public enum DeliveryFormat: String, Sendable, CaseIterable {
    /// Hale's own, signed as a Standard Webhook.
    case hale
    /// A message for a channel of Slack.
    case slack
    /// The body that Prometheus' Alertmanager sends to webhooks.
    case alertmanager

    /// Requests under way at once where the receiver does not say: a channel of Slack takes one message a second.
    public var defaultConcurrency: Int { self == .slack ? 1 : 4 }

    /// The least time between two messages.
    public var pauseSeconds: Double { self == .slack ? 1 : 0 }
}

/// Who is told of alerts, and how.
public struct Receiver: Sendable, Hashable {
    /// Where it is.
    public enum Place: Sendable, Hashable {
        /// An address.
        case address(WebAddress)
        /// A variable of the environment that holds the address.
        case variable(String)
    }

    /// A header that is sent along.
    public struct Header: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: String

        /// A header.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// Why it cannot be sent; nil where it can.
        public var refusal: String? {
            let lower = name.lowercased()
            let tokens = name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte != 0x40
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
            guard !name.isEmpty, tokens else { return "\"\(name)\" is no name of a header" }
            let own = ["host", "content-length", "content-type", "transfer-encoding", "connection", "user-agent"]
            guard !own.contains(lower), !lower.hasPrefix("webhook-") else { return "the header \(name) is Hale's own" }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else {
                return "the header \(name) holds a line break or another control character"
            }
            return nil
        }
    }

    /// Its name, by which routes name it.
    public let name: String
    /// Where it is.
    public let place: Place
    /// In which form it is told.
    public var format: DeliveryFormat = .hale
    /// A variable of the environment that holds the signing secret.
    public var secretVariable: String?
    /// Headers that are sent along.
    public var headers: [Header] = []
    /// Whether it is told that an alert is over.
    public var sendsResolved = true
    /// Private networks that it may lie in.
    public var allowedNetworks: [AddressRange] = []
    /// Whether it may be reached by http.
    public var allowsInsecure = false
    /// Requests under way at once.
    public var concurrency = DeliveryFormat.hale.defaultConcurrency
    /// The zone of its clock, in which active hours count.
    public var timeZone = "UTC"

    /// Most requests that may be under way at once.
    public static let concurrencyRange = 1...100

    /// A receiver with the usual settings.
    public init(name: String, place: Place) {
        self.name = name
        self.place = place
    }

    /// Whether a text can name a receiver: letters, digits, `-`, `_` and `.`, at most 60.
    public static func isName(_ text: String) -> Bool {
        (1...60).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isWholeNumber || "-_.".contains($0)) }
    }
}
