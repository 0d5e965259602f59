import Foundation
import HaleDomain

/// What stands in the head of a mail.
enum MailHeader {
    /// Bytes of text in one encoded word, so that the longest line with a header's name stays within 76 characters.
    private static let wordBytes = 39
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// A text in one line: as it is where it is ASCII, else as encoded words (RFC 2047), one a line.
    static func text(_ text: String) -> String {
        let line = OneLine.of(text)
        if line.utf8.allSatisfy({ $0 < 0x80 }), !line.contains("=?") { return line }
        var words: [[UInt8]] = [[]]
        for scalar in line.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > wordBytes { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// An instant as RFC 5322 writes it, in UTC, of what RFC 3339 says: `2026-11-30T22:08:15Z`. Nil for anything else.
    static func date(_ instant: String) -> String? {
        guard instant.utf8.count == 20, let day = Day(iso: String(instant.prefix(10))) else { return nil }
        let (year, month, dayOfMonth) = day.components
        let name = days[day.weekday.rawValue - 1]
        return "\(name), \(dayOfMonth) \(months[month - 1]) \(year) \(instant.dropFirst(11).prefix(8)) +0000"
    }
}
