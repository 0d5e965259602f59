/// The form in which a receiver is told of alerts.
package enum DeliveryFormat: String, Sendable, CaseIterable {
    /// Hale's own, signed as a Standard Webhook.
    case hale
    /// A message for a channel of Slack.
    case slack
    /// The body that Prometheus' Alertmanager sends to webhooks.
    case alertmanager
    /// A mail.
    case email

    /// Requests under way at once where the receiver does not say: a channel of Slack takes one message a second.
    package var defaultConcurrency: Int { self == .slack ? 1 : 4 }

    /// The least time between two messages.
    package var pauseSeconds: Double { self == .slack ? 1 : 0 }

    /// Why an address does not suit the form; nil where it does.
    package func refusal(of web: WebAddress) -> String? {
        switch (self, web.scheme.isMail) {
        case (.email, false): "mail needs an address that begins with smtp:// or smtps://"
        case (.hale, true), (.slack, true), (.alertmanager, true):
            "an address of a mail server needs the format email"
        default: nil
        }
    }
}

/// Who is told of alerts, and how.
package struct Receiver: Sendable, Hashable {
    /// Where it is.
    package enum Place: Sendable, Hashable {
        case address(WebAddress)
        /// A variable of the environment that holds the address.
        case variable(String)
    }

    /// A header that is sent along.
    package struct Header: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// Why it cannot be sent; nil where it can.
        package var refusal: String? {
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
    package let name: String
    /// Where it is.
    package let place: Place
    /// In which form it is told.
    package var format: DeliveryFormat = .hale
    /// A variable of the environment that holds the signing secret, or the password of a mail server.
    package var secretVariable: String?
    /// Who writes to whom; nil where it is no receiver of mail.
    package var mail: MailSettings?
    /// Headers that are sent along.
    package var headers: [Header] = []
    /// Whether it is told that an alert is over.
    package var sendsResolved = true
    /// Private networks that it may lie in.
    package var allowedNetworks: [AddressRange] = []
    /// Whether it may be reached without encryption.
    package var allowsInsecure = false
    /// Requests under way at once.
    package var concurrency = DeliveryFormat.hale.defaultConcurrency
    /// The zone of its clock, in which active hours count.
    package var timeZone = "UTC"

    /// Most requests that may be under way at once.
    package static let concurrencyRange = 1...100

    /// A receiver with the usual settings.
    package init(name: String, place: Place) {
        self.name = name
        self.place = place
    }

    /// Whether a text can name a receiver: letters, digits, `-`, `_` and `.`, at most 60.
    package static func isName(_ text: String) -> Bool {
        (1...60).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isWholeNumber || "-_.".contains($0)) }
    }
}
