/// How far a long read has come, as one line of text.
package struct ProgressLine: Sendable, Equatable {
    /// What is being read, such as a file's name.
    package var subject: String
    /// Bytes read so far.
    package var doneBytes: Int64
    /// Bytes in all; nil when reading from a pipe.
    package var totalBytes: Int64?
    /// Rows read so far.
    package var rows: Int64
    /// Rows read in a second; nil before the first measurement.
    package var rowsPerSecond: Double?

    /// Progress as measured by the caller.
    package init(subject: String, doneBytes: Int64, totalBytes: Int64?, rows: Int64, rowsPerSecond: Double?) {
        self.subject = subject
        self.doneBytes = doneBytes
        self.totalBytes = totalBytes
        self.rows = rows
        self.rowsPerSecond = rowsPerSecond
    }

    /// The line in at most `columns` columns: the least wanted parts are left out first.
    package func text(columns: Int, unicode: Bool = true) -> String {
        let glyphs = Glyphs(unicode: unicode)
        let subject = DisplayWidth.truncated(
            HarmlessText.clean(self.subject, replacement: glyphs.replacement), to: Self.subjectColumns,
            ellipsis: glyphs.ellipsis)
        let rowsText = NumberText.grouped(rows) + (rows == 1 ? " row" : " rows")
        let head = subject.isEmpty ? [] : [subject]
        let measure = [percentText ?? Self.bytesText(doneBytes)]
        let amount = percentText == nil ? [] : [Self.bytesText(doneBytes) + " of " + Self.bytesText(totalBytes ?? 0)]
        let rate = rateText.map { [$0] } ?? []
        let left = secondsLeft.map { [Self.durationText(seconds: $0) + " left"] } ?? []
        let choices = [
            head + measure + amount + [rowsText] + rate + left,
            head + measure + [rowsText] + rate + left,
            head + measure + [rowsText] + rate,
            head + measure + [rowsText],
            measure + [rowsText],
            measure,
        ]
        for choice in choices {
            let line = choice.joined(separator: "  ")
            let width = DisplayWidth.columns(of: line)
            if let fraction, choice.count > 1, columns - width - 2 >= Self.smallestBar {
                let barWidth = min(columns - width - 2, Self.largestBar)
                var parts = choice
                parts.insert(Self.bar(fraction, width: barWidth, unicode: unicode), at: head.isEmpty ? 0 : 1)
                return parts.joined(separator: "  ")
            }
            if fraction == nil && width <= columns { return line }
        }
        let shortest = choices.first { DisplayWidth.columns(of: $0.joined(separator: "  ")) <= columns } ?? measure
        return DisplayWidth.truncated(shortest.joined(separator: "  "), to: columns, ellipsis: glyphs.ellipsis)
    }

    /// The line that replaces the one before it on a terminal: `\r`, the text and spaces to the last column but one,
    /// because writing the last one moves some terminals to the next line.
    package func overwritingText(columns: Int, unicode: Bool = true) -> String {
        let usable = max(0, columns - 1)
        return "\r" + DisplayWidth.paddedRight(text(columns: usable, unicode: unicode), to: usable)
    }

    private static let subjectColumns = 24
    private static let smallestBar = 8
    private static let largestBar = 30

    private var fraction: Double? {
        guard let totalBytes else { return nil }
        guard totalBytes > 0 else { return 1 }
        return min(max(Double(doneBytes) / Double(totalBytes), 0), 1)
    }

    private var percentText: String? {
        // Rounded down, so that 100% means done.
        fraction.map { DisplayWidth.paddedLeft("\(Int($0 * 100))%", to: 4) }
    }

    private var rateText: String? {
        guard let rowsPerSecond, rowsPerSecond.isFinite, rowsPerSecond >= 0 else { return nil }
        return NumberText.fixed(rowsPerSecond, decimals: 0) + " rows/s"
    }

    /// Assumes the rest has as many rows per byte as what was read.
    private var secondsLeft: Double? {
        guard let totalBytes, let rowsPerSecond, rowsPerSecond > 0, doneBytes > 0, totalBytes > doneBytes, rows > 0
        else { return nil }
        let rowsLeft = Double(rows) * Double(totalBytes - doneBytes) / Double(doneBytes)
        let seconds = rowsLeft / rowsPerSecond
        return seconds < Self.longestSecondsShown ? seconds : nil
    }

    static let longestSecondsShown = 100.0 * 3600

    static func durationText(seconds: Double) -> String {
        // Rounded up, so that 0:00 is never shown while something is left.
        let whole = Int(seconds) + (Double(Int(seconds)) < seconds ? 1 : 0)
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let tail = twoDigits(whole % 60)
        return hours > 0 ? "\(hours):\(twoDigits(minutes)):\(tail)" : "\(minutes):\(tail)"
    }

    private static func bytesText(_ bytes: Int64) -> String {
        let units = ["kB", "MB", "GB", "TB"]
        var value = Double(max(0, bytes))
        if value < 1000 { return "\(Int(value)) B" }
        var unit = 0
        value /= 1000
        while value >= 999.95 && unit + 1 < units.count {
            value /= 1000
            unit += 1
        }
        return NumberText.fixed(value, decimals: 1) + " " + units[unit]
    }

    private static func bar(_ fraction: Double, width: Int, unicode: Bool) -> String {
        let inner = unicode ? width : width - 2
        let filled = Int(fraction * Double(inner))
        let text =
            String(repeating: unicode ? "█" : "#", count: filled)
            + String(repeating: unicode ? "░" : "-", count: inner - filled)
        return unicode ? text : "[" + text + "]"
    }
}
