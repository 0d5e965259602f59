import Crypto
import Foundation

/// A secret with which messages are signed: `whsec_` and the base64 of 24 to 64 bytes.
package struct WebhookSecret: Sendable, Hashable {
    /// How many bytes one has.
    package static let byteRange = 24...64
    /// How many a new one gets.
    package static let newByteCount = 32
    private static let prefix = "whsec_"

    /// The bytes; never shown.
    let bytes: [UInt8]

    /// A secret as it is written; nil for anything else.
    package init?(_ text: String) {
        let encoded = text.hasPrefix(Self.prefix) ? String(text.dropFirst(Self.prefix.count)) : text
        guard let data = Data(base64Encoded: encoded), Self.byteRange.contains(data.count) else { return nil }
        bytes = Array(data)
    }

    /// A secret of bytes; nil for too few or too many.
    package init?(bytes: [UInt8]) {
        guard Self.byteRange.contains(bytes.count) else { return nil }
        self.bytes = bytes
    }

    /// As it is given to whoever checks signatures.
    package var text: String { Self.prefix + Data(bytes).base64EncodedString() }
}

/// The signature of a message, after Standard Webhooks 1.0.0.
package enum WebhookSignature {
    /// What stands in the header `webhook-signature`: one signature for each secret, separated by spaces.
    package static func header(id: String, timestamp: Int64, body: [UInt8], secrets: [WebhookSecret]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        return secrets.map { secret in
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret.bytes))
            return "v1," + Data(code).base64EncodedString()
        }.joined(separator: " ")
    }
}
