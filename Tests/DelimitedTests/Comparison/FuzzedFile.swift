import Delimited
import HaleDomain
import HaleService

/// A CSV file of three columns that follows from a seed.
struct FuzzedFile: Sendable {
    /// What stands between the fields.
    let separator: Separator
    /// What ends the lines.
    let lineEnding: String
    /// Whether a byte-order mark comes first.
    let hasMark: Bool
    /// The fields that the file was written from, header first.
    let rows: [[String]]
    /// The text without the mark.
    let text: String

    static let header = ["id", "name", "note"]
    /// What fields are made of, besides quotes, line breaks and separators.
    private static let plainPieces = [
        "a", "Zoë", "日本", "😀", "é", "0", "5.5", "'", "\\", "ＷＩＤＥ", " ", "x y", "\\N", "-",
    ]
    private static let longPiece = String(repeating: "long Ünïcode ", count: 4_000)

    /// The bytes as they are on disk.
    var bytes: [UInt8] { (hasMark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8) }

    /// A file that every reader must understand alike.
    static func wellFormed(seed: UInt64) -> FuzzedFile {
        var choices = SplitMix(seed: seed)
        let separator = choices.pick(Separator.allCases)
        let lineEnding = choices.pick(["\n", "\r\n", "\r"])
        var rows = [header]
        for number in 0..<Int.random(in: 0...25, using: &choices) {
            rows.append([String(number), field(separator, &choices), field(separator, &choices)])
        }
        let lines = rows.enumerated().map { index, row in
            row.map { written($0, separator, isHeader: index == 0, &choices) }
                .joined(separator: String(Unicode.Scalar(separator.rawValue)))
        }
        let end = choices.oneIn(3) ? "" : lineEnding
        return FuzzedFile(
            separator: separator, lineEnding: lineEnding, hasMark: choices.oneIn(4), rows: rows,
            text: lines.joined(separator: lineEnding) + end)
    }

    /// The same file with a few characters taken out, put in or doubled behind its header.
    static func damaged(seed: UInt64) -> FuzzedFile {
        let whole = wellFormed(seed: seed)
        var choices = SplitMix(seed: seed &+ 0xDA3A_6ED)
        let head = whole.rows[0].joined(separator: String(Unicode.Scalar(whole.separator.rawValue)))
        // Scalars: a carriage return and a line feed are one character.
        var scalars = Array(whole.text.unicodeScalars.dropFirst(head.unicodeScalars.count))
        let pieces = Array("\"\"\"\" \r\nx".unicodeScalars) + [Unicode.Scalar(whole.separator.rawValue)]
        for _ in 0..<Int.random(in: 1...3, using: &choices) where scalars.count > 1 {
            // Half of the damage is done beside quotes, where readers differ.
            let quotes = scalars.indices.dropFirst().filter { scalars[$0] == "\"" }
            let place =
                quotes.isEmpty || choices.oneIn(2)
                ? Int.random(in: 1..<scalars.count, using: &choices) : choices.pick(quotes)
            switch Int.random(in: 0..<3, using: &choices) {
            case 0: scalars.remove(at: place)
            case 1: scalars.insert(choices.pick(pieces), at: place)
            default: scalars.insert(scalars[place], at: place)
            }
        }
        var text = head
        text.unicodeScalars.append(contentsOf: scalars)
        return FuzzedFile(
            separator: whole.separator, lineEnding: whole.lineEnding, hasMark: whole.hasMark, rows: whole.rows,
            text: text)
    }

    private static func field(_ separator: Separator, _ choices: inout SplitMix) -> String {
        if choices.oneIn(6) { return "" }
        if choices.oneIn(200) { return longPiece }
        let pieces = plainPieces + ["\"", "\"\"", "\n", "\r\n", "\r", ",", ";", "\t", "|"]
        return (0..<Int.random(in: 1...5, using: &choices)).map { _ in choices.pick(pieces) }.joined()
    }

    /// A field in quotes where it needs them, and now and then where it does not.
    private static func written(
        _ field: String, _ separator: Separator, isHeader: Bool, _ choices: inout SplitMix
    ) -> String {
        // Space at the edges is part of a quoted field only where readers are asked; the comparison trims it anyway.
        let special: Set<Unicode.Scalar> = ["\"", "\n", "\r", " ", "\t", Unicode.Scalar(separator.rawValue)]
        let needsQuotes = field.unicodeScalars.contains { special.contains($0) }
        guard needsQuotes || !isHeader && choices.oneIn(4) else { return field }
        var text = String.UnicodeScalarView()
        for scalar in field.unicodeScalars {
            if scalar == "\"" { text.append(scalar) }
            text.append(scalar)
        }
        return "\"" + String(text) + "\""
    }
}
