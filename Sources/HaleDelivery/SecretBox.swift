import Crypto
import Foundation

/// Encrypts the secrets that are kept in the database, with a key that is not.
package struct SecretBox: Sendable {
    /// The variable of the environment that holds the key.
    package static let variable = "HALE_SECRET_KEY"

    private let key: SymmetricKey

    /// A box with a key of 64 hexadecimal digits; nil for anything else.
    package init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
            guard pair.allSatisfy({ $0.isASCII && $0.isHexDigit }), let byte = UInt8(pair, radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        key = SymmetricKey(data: bytes)
    }

    /// The secret, encrypted with AES-GCM for this receiver alone.
    func seal(_ secret: WebhookSecret, of receiver: String) throws -> [UInt8] {
        let sealed = try AES.GCM.seal(secret.bytes, using: key, authenticating: Array(receiver.utf8))
        // The nonce has its usual length, with which there is always a combined form.
        return sealed.combined.map(Array.init) ?? []
    }

    /// The secret again; nil where it was sealed with another key, for another receiver, or changed.
    package func open(_ sealed: [UInt8], of receiver: String) -> WebhookSecret? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let bytes = try? AES.GCM.open(box, using: key, authenticating: Array(receiver.utf8))
        else { return nil }
        return WebhookSecret(bytes: Array(bytes))
    }
}
