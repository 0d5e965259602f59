/// Choosing the line of a program's output or log that a person should see.
enum LogLine {
    private static let marks = ["PANIC:", "FATAL:", "error:", "ERROR:"]

    /// The first line that names an error, else the last that is not empty; nil without any.
    static func mostTelling(of lines: [String]) -> String? {
        for line in lines {
            if let telling = telling(line) { return telling }
        }
        return lines.last { line in line.contains { !$0.isWhitespace } }.map(trimmed)
    }

    /// The last line of a log that names an error; a log may hold those of earlier runs before it.
    static func last(of lines: [String]) -> String? {
        for line in lines.reversed() {
            if let telling = telling(line) { return telling }
        }
        return nil
    }

    /// The line from its mark on, without the time and process before it; nil when it names no error.
    private static func telling(_ line: String) -> String? {
        for mark in marks {
            guard let range = line.firstRange(of: mark) else { continue }
            return trimmed(String(line[range.upperBound...]))
        }
        return nil
    }

    private static func trimmed(_ line: String) -> String {
        let body = line.drop { $0.isWhitespace }
        return String(body.reversed().drop { $0.isWhitespace }.reversed())
    }
}
