import Foundation
import HaleDomain

/// A mail as it is kept until it has arrived: the same text at every attempt.
package struct MailBody: Codable, Sendable, Equatable {
    /// The most characters of a subject.
    static let subjectLimit = 160

    /// When it was written, RFC 3339.
    package let timestamp: String
    package let subject: String
    package let text: String
    package let html: String
    /// The CSM whose accounts it is about, by e-mail; nil where it is about nobody's.
    package let csm: String?

    package init(timestamp: String, subject: String, text: String, html: String, csm: String?) {
        self.timestamp = timestamp
        let line = OneLine.of(subject)
        self.subject = line.count <= Self.subjectLimit ? line : line.prefix(Self.subjectLimit - 1) + "…"
        self.text = text
        self.html = html
        self.csm = csm
    }

    /// Reads what is kept; nil for what is no mail, such as a message that was made before its receiver's form changed.
    init?(json: String) {
        guard let body = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return nil }
        self = body
    }
}
