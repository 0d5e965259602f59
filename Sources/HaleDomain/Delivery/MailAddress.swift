/// An address of mail, read strictly: what stands in a message's head can neither end its line nor name a second person.
package struct MailAddress: Sendable, Hashable, LosslessStringConvertible {
    /// The longest address that mail servers must take, in bytes.
    package static let byteLimit = 254
    /// The longest part before the `@`, in bytes.
    private static let localByteLimit = 64

    /// `name@domain`, the domain in small letters.
    package let description: String
    /// What stands behind the `@`.
    package let domain: String

    /// An address without a display name, quotes or comments; nil for anything else.
    package init?(_ description: String) {
        guard description.utf8.count <= Self.byteLimit, let at = description.lastIndex(of: "@") else { return nil }
        let local = description[..<at]
        let domain = description[at...].dropFirst().lowercased()
        guard local.utf8.count <= Self.localByteLimit, Self.isLocal(local), Self.isDomain(domain) else { return nil }
        self.description = "\(local)@\(domain)"
        self.domain = domain
    }

    /// Words of letters, digits and the signs that need no quotes, with dots between them.
    private static func isLocal(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { word in
            !word.isEmpty
                && word.unicodeScalars.allSatisfy {
                    isLetterOrDigit($0) || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains($0)
                }
        }
    }

    private static func isDomain(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.unicodeScalars.allSatisfy { isLetterOrDigit($0) || $0 == "-" }
        }
    }

    /// Of scalars and not of characters: a line break after a carriage return is one character with it.
    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }
}
